"""The page of components: accessible in both schemes, folded and open, and no wider than a small telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from standardwerk.model.scores import STATES_IN_ORDER
from tests.browser import components
from tests.browser.serving import serve
from tests.browser.test_pages import NARROW, OPEN, STICK_OUT, WIDE, overheard, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("components")
    components.write(folder)
    with serve(folder) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_components(open_tab: Callable[..., Page], built: str, scheme: str) -> None:
    page = open_tab(color_scheme=scheme, viewport=WIDE, locale="de-DE")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    faults: dict[str, list[str]] = {}
    with overheard(page, built) as heard:
        page.goto(built)
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") is (scheme == "light")
        for is_open in (False, True):
            page.evaluate(OPEN, is_open)
            # The page shows the sprite and ids of rows once, the rest of it is one scorecard.
            faults[f"axe, open {is_open}"] = violations(page)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        faults["wider than 320 px"] = page.evaluate(STICK_OUT)
        faults["axe at 320 px"] = violations(page)
    faults["heard"] = heard
    assert {what: found for what, found in faults.items() if found} == {}
    for state in STATES_IN_ORDER:
        css = f".sw-{state.value.replace('_', '-')}"
        assert page.locator(f".sw-row .sw-status{css}").count() >= 1, state
        assert page.locator(f"td > svg{css}").count() == 1, state
