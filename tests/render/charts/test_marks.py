from __future__ import annotations

import re

from standardwerk.model.scores import State
from standardwerk.render.charts.marks import mark, sprite
from tests.render.charts.support import sound


def test_each_state_has_a_shape_of_its_own() -> None:
    drawing = str(sprite())
    shapes = re.findall(r'<symbol id="(sw-[a-z-]+)"[^>]*>(.*?)</symbol>', drawing)
    assert len({shape for _, shape in shapes}) == len(State)
    assert all(re.search(rf'href="#{name}"', "".join(map(mark, State))) for name, _ in shapes)
    assert len(drawing) < 2000


def test_a_sprite_may_hold_what_is_needed_only() -> None:
    drawing = str(sprite([State.MISSED, State.MET]))
    assert re.findall(r'id="([^"]+)"', drawing) == ["sw-met", "sw-missed"]


def test_a_mark_is_tiny_and_beside_its_word_hidden() -> None:
    assert mark(State.NOT_CERTAIN) == (
        '<svg class="sw-mark sw-not-certain" aria-hidden="true"><use href="#sw-not-certain"/></svg>'
    )


def test_a_mark_alone_has_a_name() -> None:
    assert sound(mark(State.MET, "erfüllt")).get("aria-label") == "erfüllt"
