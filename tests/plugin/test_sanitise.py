"""What is let through of authors' HTML."""

from __future__ import annotations

import pytest

from standardwerk.render.sanitise import sanitise, set_blocks


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="why">Why<a class="headerlink" href="#why" title="Link">¶</a></h2>',
        '<div class="admonition note"><p class="admonition-title">Note</p></div>',
        '<p><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>',
        '<details open=""><summary>More</summary>Text</details>',
        '<p lang="de"><img alt="Bild" src="../a.png"></p>',
        '<p><a href="https://example.org/">away</a> <a href="mailto:a@example.org">mail</a></p>',
        '<ol start="3"><li>x</li></ol>',
        "<p>{{ x }} &lt;script&gt; [[block:x]]</p>",
    ],
)
def test_kept_as_it_is(html: str) -> None:
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ("<style>p {color: red}</style>x", "x"),
        ('<p style="color: red" onclick="x()" data-md-component="search">x</p>', "<p>x</p>"),
        ('<form action="/x"><input name="a"><button>b</button></form>', "b"),
        ('<iframe src="https://evil.example"></iframe>', ""),
        ('<a href="javascript:x()">x</a>', "<a>x</a>"),
        ('<a href=" java&#10;script:x()">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<img src="https://evil.example/x.png" alt="a > b">', ""),
        ('<img src="//evil.example/x.png">', ""),
        ('<img src="\\\\evil.example/x.png">', ""),
        ('<img src="/&#9;/evil.example/x.png">', ""),
        ('<img src="a.png" srcset="https://evil.example/x.png 2x">', '<img src="a.png">'),
        ('<p id="__config">x</p>', "<p>x</p>"),
        ('<pre class="mermaid x">x</pre>', '<pre class="x">x</pre>'),
        ("<svg onload=x()><p>x</p></svg>", "<p>x</p>"),
        ('<td align="right">1</td>', "1"),
        (
            '<table><tr><td align="right">1</td><th class="a" align="center">2</th></tr></table>',
            '<table><tbody><tr><td class="sw-right">1</td><th class="sw-center a">2</th></tr></tbody></table>',
        ),
    ],
)
def test_made_harmless(html: str, clean: str) -> None:
    assert sanitise(html) == clean


def test_blocks_replace_whole_paragraphs_only_once() -> None:
    html = "<p>[[block:a]]</p><p>see [[block:a]]</p><p>[[block:b]]</p>"
    assert set_blocks(html, {"a": "<p>[[block:b]]</p>"}) == "<p>[[block:b]]</p><p>see [[block:a]]</p><p>[[block:b]]</p>"
    assert set_blocks(sanitise('<p title="<p>[[block:a]]</p>">x</p>'), {"a": "!"}).count("!") == 0
