"""Editions side by side, against a naive reading of the same dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.handbook import (
    Handbook,
    Method,
    MethodForm,
    Page,
    PageForm,
    PageRevision,
    PageRevisionForm,
    RevisedPage,
    Revision,
    RevisionForm,
    Section,
    Wording,
)
from standardwerk.site.contexts import Site
from standardwerk.site.editions import absent, edition_state, last_day, published
from standardwerk.site.handbook_pages import HandbookPages
from tests.factory import X, edition, measure, names, quick, standard

DAYS = [date(2025, month, 1) for month in range(1, 9)]
WORDING = {
    "de": Wording("f", "Titel", "", tuple(Section(name, name, "Text.", 1) for name in ("expectation", "improve")))
}
#: What becomes of a standard in each edition: nothing, a revision, the end.
FATES = st.sampled_from(["", "", "revise", "retire"])


def revision(day: date, retired: bool) -> Revision:
    form = RevisionForm.model_validate(
        {"reason": X, "retired": "true"} if retired else {"reason": X, "measures": (measure(),)}
    )
    return Revision(day, form, {} if retired else WORDING, {} if retired else {"m": day})


def page_revision(day: date, retired: bool) -> PageRevision:
    form = PageRevisionForm.model_validate({"reason": X, "retired": "true" if retired else "false"})
    return PageRevision(day, form, {} if retired else {"de": Wording("p", "Seite", "", ())})


@st.composite
def sites(draw: Any) -> Site:
    days = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=5)))
    early = draw(st.lists(st.integers(0, 100), min_size=len(days), max_size=len(days)))
    editions = tuple(
        edition(day, f"E{index}", published_on=day - timedelta(days=before))
        for index, (day, before) in enumerate(zip(days, early, strict=True))
    )
    standards = []
    for number in range(draw(st.integers(1, 3))):
        revisions = []
        for day in days:
            fate = draw(FATES)
            if fate == "revise" or (fate == "retire" and revisions):
                revisions.append(revision(day, fate == "retire"))
        if revisions:
            standards.append(standard(revisions, f"s{number}", number + 1))
    pages = []
    for number in range(draw(st.integers(0, 2))):
        texts: list[PageRevision] = []
        for day in days:
            fate = draw(FATES)
            if fate == "revise" or (fate == "retire" and texts):
                texts.append(page_revision(day, fate == "retire"))
        if texts:
            pages.append(RevisedPage(f"p{number}", PageForm(), tuple(texts)))
    form = MethodForm.model_validate({"reason": X})
    methods = tuple(
        Method(day, form, {"de": Wording("m", "Methode", "", ())})
        for day in [days[0], *(day for day in days[1:] if draw(st.booleans()))]
    )
    timeless = (Page("today", "de", Wording("t", "Heute", "", ()), "# Heute", 0),)
    handbook = Handbook(names(), editions, tuple(standards), methods, timeless, tuple(pages))
    as_of = draw(st.dates(DAYS[0] - timedelta(days=120), DAYS[-1] + timedelta(days=60)))
    return Site(handbook.published_by(as_of), as_of, handbook.published_by(as_of).edition_at(as_of), {})


def naive(text: Any, day: date) -> Any:
    """The revision of the greatest date up to a day, unless it ends the text."""
    found = max(
        (one for one in text.revisions if one.effective_from <= day),
        key=lambda one: one.effective_from,
        default=None,
    )
    return None if found is None or found.rules.retired else found


@quick
@given(sites())
def test_states_and_last_days(site: Site) -> None:
    shown = published(site)
    assert [one for one in site.handbook.editions if one.published_on <= site.as_of] == list(shown)
    for one in shown:
        later = sorted(other.effective_from for other in shown if other.effective_from > one.effective_from)
        if one.effective_from > site.as_of:
            state = "announced"
        else:
            in_force_later = [day for day in later if day <= site.as_of]
            state = "superseded" if in_force_later else "current"
        assert edition_state(one, site.current, site.as_of) == state
        assert last_day(site, one) == (later[0] - timedelta(days=1) if later else None)


@quick
@given(sites())
def test_where_an_absent_standard_is_read(site: Site) -> None:
    for one in published(site):
        texts = {each.id: each for each in site.handbook.standards}
        texts |= {each.name: each for each in site.handbook.revised_pages}
        for identity, each in texts.items():
            found = absent(site, one)
            if naive(each, one.effective_from) is not None:
                assert identity not in found
                continue
            having = [other for other in published(site) if naive(each, other.effective_from) is not None]
            nearest = [other for other in having if other.effective_from < one.effective_from][-1:] or having[:1]
            assert found[identity] == (nearest[0] if nearest else None)


@quick
@given(sites())
def test_every_page_has_its_edition_and_leads_to_the_others(site: Site) -> None:
    pages = {page.url: page for page in HandbookPages(site, "de", str, lambda method: None, True).pages()}
    by_label = {one.label: one for one in published(site)}
    for url, page in pages.items():
        frame = page.frame
        assert frame is not None
        assert [link.edition.label for link in frame.links] == list(reversed(by_label))
        assert [link.edition for link in frame.links if link.is_here] == [frame.edition]
        for link in frame.links:
            assert link.url in pages
            if link.is_here:
                assert link.url == url
                continue
            tree = f"de/editions/{link.edition.label.lower()}/"
            rest = url.removeprefix(page.tree)
            same = {tree + rest, f"de/{rest}"} if link.edition == site.current else {tree + rest}
            assert (link.why == "") == (link.url in same), (url, link)
            if page.series is not None:
                there = naive(page.series, link.edition.effective_from)
                first = page.series.revisions[0].effective_from
                why = "" if there else "not_yet" if link.edition.effective_from < first else "retired"
                assert link.why == why
        if page.edition is not None:
            current = f"de/{url.removeprefix(page.tree)}"
            assert page.canonical == (f"{current}index.md" if current in pages else None)
        else:
            assert page.canonical is None
        check_text(site, page)
    # Each edition is there as one document, and what it changed, but for the first.
    trees = [f"de/editions/{label.lower()}/" for label in by_label]
    assert [url for url, page in pages.items() if page.kind == "complete"] == [f"{tree}complete/" for tree in trees]
    assert [url for url, page in pages.items() if page.kind == "changes"] == [f"{tree}changes/" for tree in trees[1:]]


def check_text(site: Site, page: Any) -> None:
    """What a page says of its text, told again from the dates alone."""
    state, day = page.frame.text, page.frame.edition.effective_from
    if site.current is None:
        return
    if page.series is None:
        assert (state.kind if state else None) == (
            "timeless" if page.timeless and page.frame.edition != site.current else None
        )
        return
    now, shown = naive(page.series, site.current.effective_from), page.revision
    assert shown is naive(page.series, day)
    if day > site.current.effective_from:
        assert state.kind == ("new" if now is None else "as_now" if now is shown else "will_be")
        return
    later = [one for one in page.series.revisions if one.effective_from > shown.effective_from]
    done = [one for one in later if one.effective_from <= site.current.effective_from]
    if done:
        assert state.kind == ("retired" if now is None else "superseded")
        assert state.day in [one.effective_from for one in done if one.rules.retired or now is not None]
    elif later:
        assert state.kind == ("will_retire" if later[0].rules.retired else "will_change")
        assert state.day == later[0].effective_from
    else:
        assert (state.kind if state else None) == (None if day == site.current.effective_from else "still")


@quick
@given(sites())
def test_history(site: Site) -> None:
    for page in HandbookPages(site, "de", str, lambda method: None, True).pages():
        if page.series is None:
            continue
        told = [(one.revision.effective_from, one.is_shown) for one in page.context.history]
        known = {one.effective_from for one in published(site)}
        there = [one for one in page.series.revisions if one.effective_from in known]
        assert told == [(one.effective_from, one is page.revision) for one in there]
        for entry in page.context.history:
            after = [one.effective_from for one in there if one.effective_from > entry.revision.effective_from]
            assert entry.last_day == (min(after) - timedelta(days=1) if after else None)


@pytest.mark.parametrize("tree", ["de/", "de/editions/e1/"])
def test_a_link_to_a_retired_standard_leads_to_its_last_text(tree: str) -> None:
    link = Wording("f", "T", "", (Section("why", "Warum", "[a](standard:gone#why) [b](standard:never)", 1),))
    form = RevisionForm.model_validate({"reason": X, "measures": (measure(),)})
    stays = Revision(DAYS[0], form, {"de": link}, {"m": DAYS[0]})
    later = Revision(date(2030, 1, 1), form, WORDING, {"m": DAYS[0]})
    standards = (
        standard([stays], "stays", 1),
        standard([revision(DAYS[0], False), revision(DAYS[1], True)], "gone", 2),
        standard([later], "never", 3),
    )
    method = Method(DAYS[0], MethodForm.model_validate({"reason": X}), {"de": Wording("m", "M", "", ())})
    editions = (edition(DAYS[0], "E0"), edition(DAYS[1], "E1"))
    handbook = Handbook(names(), editions, standards, (method,))
    site = Site(handbook, DAYS[2], editions[1], {})
    pages = {page.url: page for page in HandbookPages(site, "de", str, lambda method: None, True).pages()}
    text = pages[f"{tree}standards/stays/"].markdown
    up = "../../editions/e0/" if tree == "de/" else "../../../e0/"
    assert f"[a]({up}standards/gone/index.md#why) b" in text
    retired = pages[f"{tree}standards/"].context.retired
    assert [(one.number, one.day, one.url) for one in retired] == [(2, DAYS[1], "de/editions/e0/standards/gone/")]
