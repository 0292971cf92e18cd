"""Rules for IIS: ``web.config`` files inside the site, for Windows sign-in with URL authorization.

Each folder at the root that is not the handbook's is closed by a file of its own; files below open places inside. IIS
never serves ``web.config`` nor anything in ``App_Data``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from standardwerk.render.servers.common import ERRORS, Served
from standardwerk.render.servers.windows import account, accounts, closed_folders, openings
from standardwerk.site.urls import ME

NAME = "web.config"
_HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<!-- Written by “standardwerk access iis”; it is written anew with each site. -->
"""
#: Leads everybody to their own newest scorecard. IIS rewrites addresses before it knows who asks: a page has to do it.
_ME_PAGE = """\
<%@ Page Language="C#" EnableViewState="false" EnableSessionState="false" %>
<script runat="server">
// Written by “standardwerk access iis”. App_Data/homes.txt has a line per login and language: login, language, address.
protected void Page_Load(object sender, EventArgs e)
{
    Response.Cache.SetCacheability(HttpCacheability.NoCache);
    Response.Cache.SetNoStore();
    var name = User.Identity.Name.ToLowerInvariant();
    var homes = new System.Collections.Generic.Dictionary<string, string>();
    string first = null;
    foreach (var line in System.IO.File.ReadLines(Server.MapPath("App_Data/homes.txt")))
    {
        var parts = line.Split('\\t');
        if (parts.Length != 3 || parts[0] != name) continue;
        if (first == null) first = parts[2];
        homes[parts[1]] = parts[2];
    }
    foreach (var wanted in Request.UserLanguages ?? new string[0])
    {
        var language = wanted.Split(';', '-')[0].Trim().ToLowerInvariant();
        if (homes.ContainsKey(language)) { Response.Redirect(homes[language], true); return; }
    }
    Response.Redirect(first ?? "index.html", true);
}
</script>
"""


def files(served: Served) -> Mapping[str, str]:
    """All files by path in the site. Raises :class:`~standardwerk.render.servers.windows.NoAccountError`."""
    found = {NAME: _root(served)}
    inside: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict, {folder: {} for folder in closed_folders()})
    for path, keys in openings(served).items():
        folder, place = _owner(path)
        inside[folder][place] = accounts(served, keys)
    for folder, places in sorted(inside.items()):
        whole = places.pop("", ())
        lines = [_server([*(_personal(served) if folder in closed_folders() else ()), *_only_for(whole)])]
        for place, names in sorted(places.items()):
            lines += [
                f"  <location path={quoteattr(place)}>",
                *_indented(_server(_only_for({*whole, *names})).split("\n")),
                "  </location>",
            ]
        found[f"{folder}/{NAME}"] = _file(lines)
    found |= _me(served)
    return found


def _owner(path: str) -> tuple[str, str]:
    """The folder that holds the rules for a place, and the place seen from there."""
    depth = 2 if path.startswith(("scorecards/", "teams/")) else 1
    segments = path.split("/")
    return "/".join(segments[:depth]), "/".join(segments[depth:])


def _root(served: Served) -> str:
    headers = [_header(name, value) for name, value in served.public_headers.items()]
    errors = [
        f"<remove statusCode={quoteattr(code)} /><error statusCode={quoteattr(code)}"
        f' path="{code}.html" responseMode="File" />'
        for code in ERRORS
    ]
    types = {".json": "application/json", ".csv": "text/csv", ".woff2": "font/woff2"}
    return _file(
        [
            _server(
                [
                    "<httpProtocol>",
                    "  <customHeaders>",
                    '    <remove name="X-Powered-By" />',
                    *(f"    {line}" for line in headers),
                    "  </customHeaders>",
                    "</httpProtocol>",
                    "<defaultDocument>",
                    '  <files><clear /><add value="index.html" /></files>',
                    "</defaultDocument>",
                    '<directoryBrowse enabled="false" />',
                    "<staticContent>",
                    *(
                        f"  <remove fileExtension={quoteattr(name)} />"
                        f"<mimeMap fileExtension={quoteattr(name)} mimeType={quoteattr(value)} />"
                        for name, value in types.items()
                    ),
                    "</staticContent>",
                    '<httpErrors errorMode="Custom">',
                    *(f"  {line}" for line in errors),
                    "</httpErrors>",
                    "<security>",
                    '  <authorization><clear /><add accessType="Allow" users="*" /></authorization>',
                    "</security>",
                ]
            )
        ]
    )


def _me(served: Served) -> dict[str, str]:
    homes = [
        f"{account(served, key).lower()}\t{language}\t{served.prefix}{url}"
        for key, urls in sorted(served.grants.home.items())
        for language, url in urls.items()
    ]
    rules = [
        *_personal(served),
        "<defaultDocument>",
        '  <files><clear /><add value="default.aspx" /><add value="index.html" /></files>',
        "</defaultDocument>",
        "<security>",
        "  <authorization>",
        '    <clear /><add accessType="Deny" users="?" /><add accessType="Allow" users="*" />',
        "  </authorization>",
        "</security>",
    ]
    return {
        f"{ME}{NAME}": _file([_server(rules)]),
        f"{ME}default.aspx": _ME_PAGE,
        f"{ME}App_Data/homes.txt": "".join(f"{line}\n" for line in homes),
    }


def _only_for(names: Iterable[str]) -> list[str]:
    """Nobody but some accounts; without any, nobody."""
    adds = [f'    <add accessType="Allow" users={quoteattr(name)} />' for name in sorted(names)]
    return ["<security>", "  <authorization>", "    <clear />", *adds, "  </authorization>", "</security>"]


def _personal(served: Served) -> list[str]:
    """The headers in which personal answers differ from public ones."""
    changed = {name: value for name, value in served.personal_headers.items() if served.headers.get(name) != value}
    return [
        "<httpProtocol>",
        "  <customHeaders>",
        *(f"    <remove name={quoteattr(name)} />{_header(name, value)}" for name, value in changed.items()),
        "  </customHeaders>",
        "</httpProtocol>",
    ]


def _header(name: str, value: str) -> str:
    return f"<add name={quoteattr(name)} value={quoteattr(value)} />"


def _server(lines: Iterable[str]) -> str:
    return "\n".join(["  <system.webServer>", *(f"    {line}" for line in lines), "  </system.webServer>"])


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _file(parts: Iterable[str]) -> str:
    return _HEAD + "\n".join(["<configuration>", *parts, "</configuration>"]) + "\n"
