"""The same scorecard pages by Hugo, from prepared values.

What is prepared: every text as it stands on the page, escaped, each chart's paths, each link; the page's frame as part
of the template (it is parsed once). What Hugo does: read the values, fill some 1,500 places a page, write it. Its
template is a text template (without the contextual escaping of ``html/template``), without partials that could cost
look-ups; the words of a language stand in it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from lxml import html as lxml_html

from tests.benchmarks.dissect import dissect

HERE = Path(__file__).parent
_SHEET = '<div class="sw-page sw-scorecard">'
_END = "</footer>\n</div>"
_SYMBOL = re.compile(r'<symbol id="([a-z-]+)".*?</symbol>')
WORDS = {
    "by_month": r'<table class="sw-table"><caption>([^<]+)<',
    "by_line": r'</table></div><div class="sw-scroll"[^>]+><table class="sw-table sw-lines"><caption>([^<]+)<',
    "improve": r'#improve">([^<]+)<',
    "months": r'<nav class="sw-months" aria-label="([^"]+)"',
    "results": r'<section class="sw-results" aria-label="([^"]+)"',
    "first": r'sw-first">\n<h2>([^<]+)<',
    "all": r'sw-standards">\n<h2>([^<]+)<',
    "legend": r"\n(<details class=\"sw-fold sw-reading\">.*?</details>\n<div class=\"sw-heads\".*?</div>)\n<h3>",
    "went_well": r'<p class="sw-well"><b>([^<]+)<',
    "how": r'<a href="[^"]+/method/">([^<]+)</a> ·',
    "as_json": r'\.json" download>([^<]+)<',
    "as_csv": r'\.csv" download>([^<]+)<',
}
CONFIG = """
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "section", "home", "RSS", "sitemap", "404", "robotsTXT"]
disableLiveReload = true
[outputFormats.sheet]
mediaType = "text/html"
baseName = "index"
isPlainText = true
permalinkable = true
[outputs]
page = ["sheet"]
"""
#: One adapter makes all pages, each with nothing but the file of its values.
ADAPTER = """{{- range os.ReadDir "data-pages" -}}
{{- range $name := strings.Split (os.ReadFile (printf "data-pages/%s" .Name)) "\\n" -}}
{{- with $name }}{{ $parts := strings.Split . " " -}}
{{ $values := dict "file" (index $parts 3) -}}
{{ $.AddPage (dict "path" (index $parts 0) "url" (index $parts 1) "type" (index $parts 2) "params" $values) -}}
{{- end -}}{{- end -}}{{- end -}}
"""


def scorecards(site: Path) -> Iterator[Path]:
    """The scorecard pages of a site."""
    return (file for file in sorted(site.glob("scorecards/*/*/*/index.html")))


def prepare(site: Path, project: Path) -> int:
    """A Hugo project of a site's scorecards. How many there are."""
    shutil.rmtree(project, ignore_errors=True)
    (project / "content").mkdir(parents=True)
    (project / "layouts").mkdir()
    (project / "values").mkdir()
    (project / "data-pages").mkdir()
    listed: dict[str, list[str]] = {}
    samples: dict[str, list[str]] = {}
    shapes: dict[str, str] = {}
    count = 0
    files = list(scorecards(site))
    with ProcessPoolExecutor() as executor:
        shapes_of = executor.map(_write_values, files, repeat(project / "values"), chunksize=50)
        for file, its in zip(files, shapes_of, strict=True):
            _, rep, language, month = file.parent.relative_to(site).parts
            samples.setdefault(language, [])
            if len(samples[language]) < 200:
                samples[language].append(file.read_text("utf-8"))
            shapes.update(its)
            listed.setdefault(rep, []).append(
                f"{rep}-{language}-{month} /scorecards/{rep}/{language}/{month}/ {language} {_name(file)}"
            )
            count += 1
    for rep, lines in listed.items():
        (project / "data-pages" / rep).write_text("\n".join(lines), "utf-8")
    params = "".join(f"{json.dumps(name)} = {json.dumps(text)}\n" for name, text in sorted(shapes.items()))
    (project / "hugo.toml").write_text(f"{CONFIG}\n[params.shapes]\n{params}", "utf-8")
    (project / "content/_content.gotmpl").write_text(ADAPTER, "utf-8")
    for language, pages in samples.items():
        (project / "layouts" / language).mkdir()
        (project / "layouts" / language / "single.sheet.html").write_text(
            template(language, pages, tuple(samples)), "utf-8"
        )
    return count


def _name(file: Path) -> str:
    rep, language, month = file.parent.parts[-3:]
    return f"{rep}.{language}.{month}.json"


def _write_values(file: Path, folder: Path) -> dict[str, str]:
    """Write the values of a page, and give back the marks it draws."""
    page = file.read_text("utf-8")
    values = json.dumps(dissect(page), ensure_ascii=False, separators=(",", ":"))
    (folder / _name(file)).write_text(values, "utf-8")
    return {found[1]: found[0] for found in _SYMBOL.finditer(page)}


def template(language: str, pages: list[str], languages: tuple[str, ...]) -> str:
    """The template of a language: its words and the page's frame stand in it."""
    text = (HERE / "hugo_page.tmpl").read_text("utf-8").replace("@language@", language)
    for name, pattern in WORDS.items():
        found = next(match[1] for page in pages if (match := re.search(pattern, page, re.DOTALL)))
        text = text.replace(f"@{name}@", found)
    page = pages[0]
    before, after = page[: page.index(_SHEET)], page[_end(page) :]
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    month = re.search(r'href="\.\./\.\./[a-z]+/(\d{4}-\d\d)/"', page)
    assert title is not None and month is not None
    for frame, place in ((before, "@before@"), (after, "@after@")):
        assert "{{" not in frame
        whole = title[1].strip()
        own = frame.replace(whole, "{{ .title }}").replace(whole.rpartition(" – ")[0], "{{ .topic }}")
        for other in languages:
            own = own.replace(f'"../../{other}/{month[1]}/"', f'"../../{other}/{{{{ $month }}}}/"')
        text = text.replace(place, own)
    text = text.replace("@data@", 'transform.Unmarshal (os.ReadFile (printf "values/%s" $.Params.file))')
    head = "{{- $month := path.Base .RelPermalink -}}\n"
    return head + text


def command(binary: Path, project: Path, site: Path) -> list[str | Path]:
    """What lets Hugo write the pages."""
    return [binary, "--quiet", "--source", project, "--destination", site, "--noBuildLock", "--noTimes"]


def sheet(page: str) -> str:
    """A page's scorecard without the frame."""
    return page[page.index(_SHEET) : _end(page)]


def _end(page: str) -> int:
    return page.index(_END, page.index('<footer class="sw-foot">')) + len(_END)


def normalised(page: str) -> tuple[str, int]:
    """A page's text without differences of blanks, and how many nodes its drawings have."""
    document = lxml_html.fromstring(page)
    return " ".join(document.text_content().split()), len(document.xpath("//svg | //svg//*"))
