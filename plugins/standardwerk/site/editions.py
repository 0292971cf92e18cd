"""Editions side by side: which is in force, and how the same page is reached in another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from standardwerk.model.fingerprint import AnyRevision
from standardwerk.model.handbook import Edition, Handbook
from standardwerk.site import urls
from standardwerk.site.contexts import Site
from standardwerk.site.plan import EditionFrame, EditionLink, HandbookPage, TextState
from standardwerk.site.text_series import TextSeries


def published(site: Site) -> tuple[Edition, ...]:
    """The editions that are published by now, the oldest first."""
    return site.published


def edition_state(edition: Edition, current: Edition | None, as_of: date) -> str:
    """``current``, ``announced`` or ``superseded``."""
    if edition == current:
        return "current"
    return "announced" if edition.effective_from > as_of else "superseded"


def before(site: Site, edition: Edition) -> Edition | None:
    """The published edition that an edition supersedes."""
    earlier = [one for one in published(site) if one.effective_from < edition.effective_from]
    return earlier[-1] if earlier else None


def next_edition(site: Site) -> Edition | None:
    """The next edition that is published and not yet in force."""
    return next((one for one in published(site) if one.effective_from > site.as_of), None)


def last_day(site: Site, edition: Edition) -> date | None:
    """The last day an edition is in force; None if no published one follows."""
    later = [one for one in published(site) if one.effective_from > edition.effective_from]
    return later[0].effective_from - timedelta(days=1) if later else None


def series_of(handbook: Handbook) -> list[TextSeries]:
    """The standards and hand-written pages with their revisions."""
    return [TextSeries(one.id, one.revisions) for one in handbook.standards] + page_series(handbook)


def page_series(handbook: Handbook) -> list[TextSeries]:
    """The hand-written pages with revisions."""
    return [TextSeries(one.name, one.revisions) for one in handbook.revised_pages]


def absent(site: Site, edition: Edition) -> dict[str, Edition | None]:
    """The standards and pages an edition does not have, each with the published edition in which it is best read.

    That is the last one before, else the next one after; None: it is in no published edition.
    """
    found: dict[str, Edition | None] = {}
    editions = published(site)
    for series in series_of(site.handbook):
        if series.at(edition.effective_from) is None:
            have = [one for one in editions if series.at(one.effective_from) is not None]
            earlier = [one for one in have if one.effective_from < edition.effective_from]
            found[series.id] = next(iter(earlier[-1:] or have[:1]), None)
    return found


@dataclass(frozen=True, slots=True)
class _Frames:
    """Makes the frames of the pages of one language."""

    site: Site
    language: str
    known: frozenset[str]
    """The addresses of all pages."""
    told: Mapping[str, tuple[str, date | None]]
    """By label of an edition: its state, and its last day in force."""

    def framed(self, page: HandbookPage) -> HandbookPage:
        tree = next((one for one in published(self.site) if urls.edition_slug(one) == page.edition), None)
        edition = tree or self.site.current
        if edition is None:
            return page
        rest = page.url.removeprefix(page.tree)
        current = self.site.current
        # What another edition changed is not this text as it is in force.
        here = None
        if current is not None and page.kind != "changes":
            here = self._address(current, rest, in_force=True)
        state, last = self.told[edition.label]
        frame = EditionFrame(
            edition=edition,
            state=state,
            last_day=last,
            in_force=current,
            in_force_url=here or (urls.tree(self.language, None) if current is not None else ""),
            same_page=here is not None,
            permanent_url=self._permanent(page, edition, rest),
            links=tuple(self._link(page, one, rest, edition) for one in reversed(published(self.site))),
            text=self._text(page, edition),
        )
        canonical = None
        if page.edition is not None and f"{self.language}/{rest}" in self.known:
            canonical = f"{self.language}/{rest}index.md"
        return replace(page, frame=frame, canonical=canonical)

    def _address(self, edition: Edition, rest: str, in_force: bool) -> str | None:
        """The page in an edition; of the edition in force rather the current one than the permanent one."""
        trees = [urls.tree(self.language, None)] if in_force else []
        trees.append(urls.tree(self.language, edition))
        return next((tree + rest for tree in trees if tree + rest in self.known), None)

    def _permanent(self, page: HandbookPage, edition: Edition, rest: str) -> str:
        url = urls.tree(self.language, edition) + rest
        return url if page.edition is None and url in self.known else ""

    def _link(self, page: HandbookPage, edition: Edition, rest: str, shown: Edition) -> EditionLink:
        state, last = self.told[edition.label]
        in_force = state == "current"
        if edition.label == shown.label:
            return EditionLink(edition, state, last, page.url, True, "")
        url = self._address(edition, rest, in_force)
        if url is not None:
            return EditionLink(edition, state, last, url, False, "")
        home = urls.tree(self.language, None if in_force else edition)
        return EditionLink(edition, state, last, home, False, self._why(page, edition))

    def _why(self, page: HandbookPage, edition: Edition) -> str:
        if page.series is not None:
            first = page.series.revisions[0].effective_from
            return "not_yet" if edition.effective_from < first else "retired"
        return "first" if page.kind == "changes" else "outside"

    def _text(self, page: HandbookPage, edition: Edition) -> TextState | None:
        """What became, or becomes, of a page's text."""
        series, revision, current = page.series, page.revision, self.site.current
        if current is None:
            return None
        if page.timeless and edition != current:
            return TextState("timeless", self.site.as_of, current, "")
        if series is None or revision is None:
            return None
        if edition.effective_from > current.effective_from:
            was = series.at(current.effective_from)
            kind = "new" if was is None else "as_now" if was is revision else "will_be"
            return self._state(kind, series, revision)
        later = [
            one for one in series.revisions if revision.effective_from < one.effective_from and self._is_published(one)
        ]
        done = [one for one in later if one.effective_from <= current.effective_from]
        if done:
            # What is in force today counts; what superseded this text first is told.
            retired = series.at(current.effective_from) is None
            last = next(one for one in reversed(done) if one.rules.retired) if retired else done[0]
            return self._state("retired" if retired else "superseded", series, last)
        if later:
            return self._state("will_retire" if later[0].rules.retired else "will_change", series, later[0])
        return self._state("still", series, revision) if edition != current else None

    def _is_published(self, revision: AnyRevision) -> bool:
        edition = self.site.handbook.edition_at(revision.effective_from)
        return edition is not None and edition.published_on <= self.site.as_of

    def _state(self, kind: str, series: TextSeries, revision: AnyRevision) -> TextState:
        edition = self.site.handbook.edition_at(revision.effective_from)
        assert edition is not None
        told = changes_url(self.site, self.language, edition, series)
        return TextState(kind, revision.effective_from, edition, told)


def changes_url(site: Site, language: str, edition: Edition, series: TextSeries | None = None) -> str:
    """Where the changes of an edition are told; empty for the first one, which changes nothing."""
    if before(site, edition) is None:
        return ""
    return urls.changes(language, edition) + (f"#{series.id}" if series is not None else "")


def with_frames(pages: Iterable[HandbookPage], site: Site, language: str) -> list[HandbookPage]:
    """The pages of a language, each with its edition, the ways to the others, and its canonical page."""
    found = list(pages)
    told = {
        one.label: (edition_state(one, site.current, site.as_of), last_day(site, one)) for one in site.handbook.editions
    }
    frames = _Frames(site, language, frozenset(page.url for page in found), told)
    return [frames.framed(page) for page in found]
