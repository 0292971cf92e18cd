"""The public pages: for each language the current tree, and each edition whole at its permanent address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from standardwerk.model.fingerprint import AnyRevision
from standardwerk.model.handbook import Edition, Handbook, Method, Page, Revision, Standard, Wording, named_at
from standardwerk.model.months import Month
from standardwerk.model.scores import StandardScore
from standardwerk.model.seals import METHOD, EditionHashes
from standardwerk.site import edition_pages, glossary, onboarding, urls
from standardwerk.site.changes import Reader
from standardwerk.site.contexts import (
    HistoryEntry,
    HomeContext,
    ListedGroup,
    ListedStandard,
    MethodContext,
    MyScorecardContext,
    PageContext,
    ScorecardContext,
    Site,
    StandardContext,
    StandardsContext,
    Way,
)
from standardwerk.site.editions import absent, changes_url, edition_state, next_edition, published, with_frames
from standardwerk.site.extract import ALL
from standardwerk.site.links import resolve
from standardwerk.site.plan import HandbookPage, Section
from standardwerk.site.text_series import TextSeries
from standardwerk.site.wording_changes import paragraphs

__all__ = ["HandbookPages", "block", "edition_state"]

Translate = Callable[[str], str]
#: Sections of a standard's wording that come before the generated part "how it is measured".
_BEFORE_MEASURES = ("expectation", "why", "good")
#: The hand-written page whose text stands on the home page.
HOME = "index"


def block(name: str) -> str:
    """The line that stands for a generated part."""
    return f"[[block:{name}]]"


class HandbookPages:
    """Plans the public pages of one language."""

    def __init__(
        self,
        site: Site,
        language: str,
        translate: Translate,
        example: Callable[[Method], tuple[StandardScore, Month] | None],
        personal: bool,
        read: Reader = paragraphs,
        hashes: EditionHashes | None = None,
        sample: Callable[[str], ScorecardContext | None] = lambda language: None,
        organisation: bool = False,
        audience: str = ALL,
    ) -> None:
        self.site = site
        self.handbook: Handbook = site.handbook
        self.language = language
        self._ = translate
        self.example = example
        self.personal = personal
        """Whether scorecards are built, so that the ways to them lead somewhere."""
        self.read = read
        """Takes a wording apart to compare it with another."""
        self.hashes = hashes or EditionHashes(site.handbook)
        """The same for all languages."""
        self.sample = sample(language) if site.current is not None else None
        """The sample scorecard."""
        self._terms = {term.id: term for term in self.handbook.terms} if site.current is not None else {}
        self.organisation = organisation
        """Whether everybody may read the organisation's months. To pages for named groups nothing public leads."""
        self.audience = audience
        """For whom the site is: a kind of extract."""
        self._absent: dict[str, dict[str, Edition | None]] = {}

    def pages(self) -> list[HandbookPage]:
        """All pages of the language."""
        found: list[HandbookPage] = []
        if self.site.current is not None:
            found += self.tree(None, self.site.current)
            found.append(edition_pages.timeline(self))
            found.append(self.my_scorecard())
            if self.sample is not None:
                found.append(self.sample_scorecard(self.sample))
            if self.handbook.terms:
                found.append(glossary.glossary_page(self))
        for edition in published(self.site):
            found += self.tree(edition, edition)
            found += edition_pages.of_edition(self, edition)
        return with_frames(found, self.site, self.language)

    def page(
        self,
        url: str,
        kind: str,
        edition: Edition | None,
        title: str,
        markdown: str,
        section: Section | None,
        **more: object,
    ) -> HandbookPage:
        """A page with its path and alternates."""
        path = f"{url}index.md"
        rest = url.removeprefix(f"{self.language}/")
        alternates = {language: f"{language}/{rest}index.md" for language in self.handbook.languages}
        label = None if edition is None else urls.edition_slug(edition)
        markdown, terms = glossary.with_terms(markdown, url, self.language, self._terms)
        if terms:
            markdown += f"\n\n{block('terms')}"
            more["terms"] = terms
        return HandbookPage(
            path,
            kind,
            self.language,
            label,
            title,
            markdown,
            alternates,
            section,
            **more,  # type: ignore[arg-type]
        )

    # One tree ---------------------------------------------------------------------------------------------------------

    def tree(self, tree: Edition | None, edition: Edition) -> list[HandbookPage]:
        """The pages of a tree; ``tree`` is None for the current one."""
        day = edition.effective_from
        found = [self.home(tree, edition)]
        in_force = self.handbook.standards_at(day)
        found.append(self.standards(tree, in_force, day))
        groups = self.handbook.names.group_ids
        for standard, revision in in_force:
            group = groups.index(standard.identity.group)
            name = named_at(self.handbook.names.groups, standard.identity.group, day)
            assert name is not None
            section = Section((self._("Standards"), name.name[self.language]), (1, group + 1, standard.identity.number))
            found.append(self.standard(tree, edition, standard, revision, section))
        method = self.handbook.method_at(day)
        if method is not None:
            found.append(self.method(tree, edition, method))
        found += onboarding.onboarding_pages(self, tree, edition)
        pages = self.handbook.pages_at(self.language, day)
        found += [self.written(tree, edition, page) for page in pages if page.name != HOME]
        return found

    def standard(
        self, tree: Edition | None, edition: Edition, standard: Standard, revision: Revision, section: Section
    ) -> HandbookPage:
        """A standard's page."""
        wording = revision.wording[self.language]
        url = urls.standard(self.language, tree, standard.id)
        parts = [f"# {wording.title}", block("standard-head"), *self.standard_body(revision)]
        if revision.rules.quiz:
            parts += [heading(self._("Check yourself"), "check"), block("quiz")]
        parts += [heading(self._("History"), "history"), block("history")]
        return self.page(
            url,
            "standard",
            tree,
            wording.title,
            self._resolved(parts, tree, edition, url),
            section,
            context=self.standard_context(standard, revision, edition),
            src_file=wording.file,
            series=TextSeries(standard.id, standard.revisions),
            revision=revision,
        )

    def standard_context(self, standard: Standard, revision: Revision, edition: Edition) -> StandardContext:
        """What a standard's page shows."""
        history = self.history(TextSeries(standard.id, standard.revisions), revision)
        later = [entry for entry in history if entry.revision.effective_from > revision.effective_from]
        in_force_now = [entry for entry in later if entry.edition.effective_from <= self.site.as_of]
        superseded_by = in_force_now[-1] if in_force_now else None
        return StandardContext(standard, revision, edition, history, superseded_by)

    def standard_body(self, revision: Revision) -> list[str]:
        """What a standard says, part by part; its links are not resolved yet."""
        wording = revision.wording[self.language]
        parts = [wording.lead, *self._sections(wording, lambda name: name in _BEFORE_MEASURES)]
        parts += [heading(self._("How it is measured"), "measured"), block("measures")]
        if revision.rules.anchors and wording.section("anchors") is None:
            parts += [heading(self._("Rating scale"), "anchors"), block("anchors")]
        parts += self._sections(wording, lambda name: name not in _BEFORE_MEASURES)
        if revision.rules.onboarding:
            parts += [heading(self._("Steps for your first months"), "steps"), block("steps")]
        return parts

    def _resolved(self, parts: list[str], tree: Edition | None, edition: Edition, url: str) -> str:
        text = "\n\n".join(part for part in parts if part)
        return resolve(text, self.language, tree, url, self.absent(edition))

    def absent(self, edition: Edition) -> dict[str, Edition | None]:
        """The standards an edition does not have, and where they are read."""
        if edition.label not in self._absent:
            self._absent[edition.label] = absent(self.site, edition)
        return self._absent[edition.label]

    def _sections(self, wording: Wording, wanted: Callable[[str], bool]) -> list[str]:
        return [
            f"{heading(section.title, section.id)}\n\n{section.markdown}"
            for section in wording.sections
            if wanted(section.id)
        ]

    def history(self, series: TextSeries, shown: AnyRevision) -> tuple[HistoryEntry, ...]:
        """The revisions published by now, the oldest first."""
        by_day = {edition.effective_from: edition for edition in published(self.site)}
        known = [revision for revision in series.revisions if revision.effective_from in by_day]
        found = []
        for index, revision in enumerate(known):
            edition = by_day[revision.effective_from]
            after = known[index + 1].effective_from - timedelta(days=1) if index + 1 < len(known) else None
            told = changes_url(self.site, self.language, edition, series)
            found.append(
                HistoryEntry(revision, edition, after, self.place(series, revision, edition), revision is shown, told)
            )
        return tuple(found)

    def place(self, series: TextSeries, revision: AnyRevision, edition: Edition) -> str:
        """Where a revision is read: its page in its edition; what ends has none."""
        if revision.rules.retired:
            return urls.tree(self.language, edition)
        if isinstance(revision, Revision):
            return urls.standard(self.language, edition, series.id)
        if isinstance(revision, Method):
            return urls.method(self.language, edition)
        return urls.page(self.language, edition, series.id)

    def listed(
        self, tree: Edition | None, pairs: tuple[tuple[Standard, Revision], ...], day: date | None = None
    ) -> tuple[ListedStandard, ...]:
        """Standards for a list; those that are new or revised on a day are marked."""
        return tuple(
            ListedStandard(
                standard,
                revision,
                {language: wording.title for language, wording in revision.wording.items()},
                urls.standard(self.language, tree, standard.id),
                edition_pages.mark(self.site, standard, revision, day),
            )
            for standard, revision in pairs
        )

    def groups(
        self, tree: Edition | None, pairs: tuple[tuple[Standard, Revision], ...], day: date
    ) -> tuple[ListedGroup, ...]:
        """Standards by group, with the groups' names on a day."""
        found = []
        for group in self.handbook.names.group_ids:
            members = tuple(pair for pair in pairs if pair[0].identity.group == group)
            if members:
                name = named_at(self.handbook.names.groups, group, day)
                assert name is not None
                found.append(ListedGroup(name.name, self.listed(tree, members, day)))
        return tuple(found)

    def standards(self, tree: Edition | None, pairs: tuple[tuple[Standard, Revision], ...], day: date) -> HandbookPage:
        """The list of standards."""
        title = self._("Standards")
        markdown = f"# {title}\n\n{block('standards')}"
        context = StandardsContext(self.groups(tree, pairs, day), edition_pages.retired(self, day))
        section = Section((title,), (1, 0))
        return self.page(
            urls.standards(self.language, tree), "standards", tree, title, markdown, section, context=context
        )

    def home(self, tree: Edition | None, edition: Edition) -> HandbookPage:
        """A tree's home page."""
        url = urls.tree(self.language, tree)
        pages = {page.name: page for page in self.handbook.pages_at(self.language, edition.effective_from)}
        page = pages.get(HOME)
        heading = page.wording.title if page is not None else self.handbook.names.title[self.language]
        title = self._("Start")
        body = _without_title(page.markdown) if page is not None else ""
        markdown = f"# {heading}\n\n{block('text-note')}\n\n{body}\n\n{block('ways')}\n\n{block('home-edition')}"
        announced = next_edition(self.site) if tree is None else None
        roles = onboarding.roles_with_steps(self.handbook, edition)
        ways = [Way("new", urls.onboarding(self.language, tree, roles[0].id))] if roles else []
        ways.append(Way("standards", urls.standards(self.language, tree)))
        if tree is None:
            ways.append(Way("scorecard", urls.my_scorecard(self.language)))
        context = HomeContext(
            edition,
            announced,
            urls.tree(self.language, announced) if announced is not None else "",
            tuple(ways),
            self.groups(tree, self.handbook.standards_at(edition.effective_from), edition.effective_from),
            changes_url(self.site, self.language, edition),
            changes_url(self.site, self.language, announced) if announced is not None else "",
            urls.complete(self.language, edition),
            page is not None and page.series is None and edition != self.site.current,
        )
        section = Section((), (0,))
        return self.page(
            url,
            "home",
            tree,
            title,
            self._resolved([markdown], tree, edition, url),
            section,
            context=context,
            **(_text_of(page) | {"timeless": False}),
        )

    def method(self, tree: Edition | None, edition: Edition, method: Method) -> HandbookPage:
        """The method page. The example is computed by the engine that computes the scorecards."""
        wording = method.wording[self.language]
        url = urls.method(self.language, tree)
        parts = [f"# {wording.title}", block("text-head"), *self.method_body(method)]
        context = self.method_context(method, edition)
        if len(context.history) > 1 or method.rules.errata:
            parts += [heading(self._("History"), "history"), block("history")]
        return self.page(
            url,
            "method",
            tree,
            wording.title,
            self._resolved(parts, tree, edition, url),
            Section((self._("About the handbook"),), (2, 0)),
            context=context,
            src_file=wording.file,
            series=TextSeries(METHOD, self.handbook.methods),
            revision=method,
        )

    def method_context(self, method: Method, edition: Edition) -> MethodContext:
        """What a method page shows."""
        example, month = self.example(method) or (None, None)
        history = self.history(TextSeries(METHOD, self.handbook.methods), method)
        return MethodContext(method, edition, example, month, history)

    def method_body(self, method: Method) -> list[str]:
        """What the method says, part by part; its links are not resolved yet."""
        wording = method.wording[self.language]
        parts = [wording.lead]
        for section in wording.sections:
            parts.append(f"{heading(section.title, section.id)}\n\n{section.markdown}")
            if section.id == "example":
                parts.append(block("example"))
        return parts

    def written(self, tree: Edition | None, edition: Edition, page: Page) -> HandbookPage:
        """A hand-written page."""
        url = urls.page(self.language, tree, page.name)
        section = Section((self._("About the handbook"),), (2, 1 + max(page.order, 0)))
        parts = [page.markdown]
        context = None
        if page.series is not None and page.revision is not None:
            history = self.history(TextSeries(page.name, page.series.revisions), page.revision)
            context = PageContext(page.revision, history)
            parts = [f"# {page.wording.title}", block("text-head"), page.wording.body]
            parts += [heading(self._("History"), "history"), block("history")]
        markdown = self._resolved(parts, tree, edition, url)
        return self.page(url, "page", tree, page.wording.title, markdown, section, context=context, **_text_of(page))

    def my_scorecard(self) -> HandbookPage:
        """How to get to one's own scorecard."""
        title = self._("My scorecard")
        markdown = f"# {title}\n\n{block('my-scorecard')}\n\n{self._marks()}"
        context = MyScorecardContext(
            urls.sample(self.language) if self.sample is not None else "",
            urls.organisation_newest(self.language) if self.organisation else "",
            self.audience,
        )
        section = Section((), (3,))
        return self.page(
            urls.my_scorecard(self.language), "my-scorecard", None, title, markdown, section, context=context
        )

    def sample_scorecard(self, context: ScorecardContext) -> HandbookPage:
        """The sample scorecard, explained part by part."""
        title = self._("Sample scorecard, explained")
        markdown = f"# {title}\n\n{block('sample')}\n\n{self._marks()}"
        section = Section((self._("About the handbook"),), (2, 690))
        return self.page(context.url, "sample", None, title, markdown, section, context=context, wide=True)

    def _marks(self) -> str:
        """What the marks of a scorecard mean."""
        title = self._("What the marks mean")
        return f"{heading(title, 'marks')}\n\n{block('marks')}"


def heading(title: str, identity: str) -> str:
    """A section's heading in Markdown."""
    return f"## {title} {{#{identity}}}"


def _text_of(page: Page | None) -> dict[str, object]:
    """What a plan says of the hand-written text it shows."""
    if page is None:
        return {}
    if page.series is None:
        return {"src_file": page.wording.file, "timeless": True}
    series = TextSeries(page.name, page.series.revisions)
    return {"src_file": page.wording.file, "series": series, "revision": page.revision}


def _without_title(markdown: str) -> str:
    lines = markdown.split("\n")
    for index, line in enumerate(lines):
        if line.startswith("# "):
            return "\n".join(lines[:index] + lines[index + 1 :]).strip()
    return markdown.strip()
