"""Pages of a site that is served: made when they are asked for; personal ones are never kept beyond a build.

So a rebuild costs what the reader looks at, whatever the change and however many people there are; and no personal page
can be stale, since each is made from the project as it was last read.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from pathlib import Path

from standardwerk.comparison import KEPT
from standardwerk.evaluate.exact import exact_context
from standardwerk.model.scores import Scorecard
from standardwerk.pipeline.groups import write_shared
from standardwerk.pipeline.outcomes import Outcome, together
from standardwerk.pipeline.personal import Maker, work_of
from standardwerk.pipeline.project import LoadedSite
from standardwerk.publish.writer import Writer
from standardwerk.render.shell import Shell, ShellKey
from standardwerk.site import urls


class PagesOnDemand:
    """The personal pages of one build, and the public ones. Not for several threads at once."""

    def __init__(
        self,
        site: LoadedSite,
        shells: Mapping[ShellKey, Shell],
        site_dir: Path,
        unwritten: Mapping[str, Callable[[], str]],
    ) -> None:
        """``unwritten``: by path, what gives the HTML of public pages."""
        self._site = site
        self._root = site_dir
        self._unwritten = dict(unwritten)
        found = work_of(site, shells, site_dir) if site.personal else None
        self._maker: Maker | None = None
        self._groups_made = found is None
        self._people = {} if found is None else {urls.person_folder(one.person.folder): one for one in found[2]}
        if found is not None:
            self._work, self._roster, _ = found
            # A few people's scorecards are kept: their own pages and those about several need them.
            self._keep = len(self._people) * len(self._work.scoring.months) <= KEPT
        self._made: set[str] = set()
        self._cards: dict[str, tuple[Scorecard, ...]] = {}
        self._public = {f"{language}/" for language in site.texts}

    def provide(self, path: str) -> bool:
        """Make what may lie at a path below the site's root, if it was not made yet. Whether anything was made."""
        name = path if path.endswith(".html") else f"{path.removesuffix('/')}/index.html"
        if name in self._unwritten:
            Writer(self._root).write(name, self._unwritten[name]())
            del self._unwritten[name]
            return True
        folder = "/".join(path.split("/")[:2]) + "/"
        if folder in self._people:
            return self._make_person(folder)
        if self._groups_made or not _is_page(path) or any(path.startswith(tree) for tree in self._public):
            return False
        return self._make_groups()

    def finish(self) -> None:
        """Make everything that was not asked for yet."""
        for name in list(self._unwritten):
            self.provide(name)
        for folder in self._people:
            self._make_person(folder)
        if not self._groups_made:
            self._make_groups()

    def _make_person(self, folder: str) -> bool:
        if folder in self._made:
            return False
        with decimal.localcontext(exact_context()):
            cards = self._cards_of(folder)
            if cards:
                self._ready().write(Writer(self._work.root), self._people[folder], cards)
        self._made.add(folder)
        return bool(cards)

    def _make_groups(self) -> bool:
        with decimal.localcontext(exact_context()):
            parts: list[Outcome] = []
            for folder in self._people:
                parts.append(self._ready().share(self._people[folder], self._cards_of(folder)))
            write_shared(self._site, self._work, self._roster, together(parts))
        self._groups_made = True
        return True

    def _cards_of(self, folder: str) -> tuple[Scorecard, ...]:
        cards = self._cards.get(folder)
        if cards is None:
            cards = self._ready().cards(self._people[folder])
            if self._keep:
                self._cards[folder] = cards
        return cards

    def _ready(self) -> Maker:
        if self._maker is None:
            self._maker = Maker(self._work)
        return self._maker


def _is_page(path: str) -> bool:
    """Whether a path may be that of a page or its figures; those of pictures and scripts are not."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith((".html", ".json", ".csv"))
