"""Rules for nginx: maps for its ``http`` block, locations for a ``server`` block.

Who asks is settled first (401), then whether the address is open to her (403): the second is decided in ``try_files``,
which nginx runs after it has checked the password. A name without its password learns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standardwerk.render.servers.common import ERRORS, Served, cases_of, lead_kinds, permitted_kinds
from standardwerk.site.places import ROOT_FILES
from standardwerk.site.urls import ME

HTTP, SERVER = "standardwerk.http.conf", "standardwerk.server.conf"
"""The names of the two files."""
_NOTHING = "/.standardwerk-nothing"
"""A file that is never there."""


@dataclass(frozen=True)
class Basic:
    """Passwords of nginx's own, for a trial."""

    password_file: str
    realm: str = "Standardwerk"

    user = "$remote_user"

    def maps(self) -> list[str]:
        """What the http block needs."""
        return []

    def checks(self) -> list[str]:
        """What a guarded location needs."""
        return [f"auth_basic {quoted(self.realm)};", f"auth_basic_user_file {quoted(self.password_file)};"]


@dataclass(frozen=True)
class Header:
    """A proxy in front has signed the visitor in and names her in a header."""

    header: str
    proxies: tuple[str, ...]
    """The addresses of the proxies whose header counts: from anybody else it is forged."""

    user = "$sw_user"

    def maps(self) -> list[str]:
        """What the http block needs."""
        variable = "$http_" + self.header.lower().replace("-", "_")
        trusted = [f"    {address} 1;" for address in self.proxies]
        return [
            "# The header counts only if it comes from the proxy.",
            "geo $realip_remote_addr $sw_trusted {",
            "    default 0;",
            *trusted,
            "}",
            *_map("$sw_trusted", "$sw_user", [("1", variable)]),
        ]

    def checks(self) -> list[str]:
        """What a guarded location needs."""
        return ['if ($sw_user = "") { return 401; }']


@dataclass(frozen=True)
class Request:
    """Each request is shown to a service that says who asks (``auth_request``)."""

    address: str
    """The location that asks the service."""
    header: str
    """The header of its answer that names the visitor."""

    user = "$sw_user"

    def maps(self) -> list[str]:
        """What the http block needs."""
        return []

    def checks(self) -> list[str]:
        """What a guarded location needs."""
        variable = "$upstream_http_" + self.header.lower().replace("-", "_")
        return [f"auth_request {self.address};", f"auth_request_set $sw_user {variable};"]


SignIn = Basic | Header | Request


def files(served: Served, sign_in: SignIn) -> Mapping[str, str]:
    """The two files, by name."""
    return {HTTP: http_file(served, sign_in), SERVER: server_file(served, sign_in)}


def http_file(served: Served, sign_in: SignIn) -> str:
    """The maps: who asks, what is asked for, whether the two go together."""
    grants, at = served.grants, re.escape(served.prefix)
    first = served.languages[0]
    readers = [
        (f"login/{case}", reader.key)
        for reader in grants.readers.values()
        for spelling in reader.spellings
        for case in cases_of(spelling)
    ]
    months = [
        (_regex(f"^{at}{served.expression(kind, _captures(kind.pattern))}\\z"), _month_value(kind.pattern))
        for kind in lead_kinds()
    ]
    permissions = [(_regex(f"^{at}{served.expression(kind)}\\z"), kind.permission) for kind in permitted_kinds()]
    home = [
        (f"{language}/{key}", f"{served.prefix}{url}")
        for key, urls in sorted(grants.home.items())
        for language, url in urls.items()
    ]
    own = [f"{folder}/{key}" for folder, key in sorted(grants.own.items())]
    led = [f"{folder}/{month}/{key}" for (folder, month), keys in sorted(grants.led.items()) for key in sorted(keys)]
    permitted = [f"{name}/{key}" for name, keys in sorted(grants.permitted.items()) for key in sorted(keys)]
    keys = [*own, *led, *permitted, *(key for key, _ in (*readers, *home))]
    longest = max((len(key.encode()) for key in keys), default=0)
    lines = [
        "# Who may read what. Written by “standardwerk access nginx”; include it in the http block of nginx.",
        f"map_hash_bucket_size {_power(longest + 40, 64)};",
        f"map_hash_max_size {_power(2 * len(keys), 2048)};",
        "",
        *sign_in.maps(),
        "# Who asks.",
        *_map(f"login/{sign_in.user}", "$sw_reader", readers),
        "# What is asked for: somebody's folder, a month for its lead, something that needs a permission.",
        *_map("$uri", "$sw_folder", [(_regex(f"^{at}(?<sw_place>scorecards/[^/]+)/"), "$sw_place")]),
        *_map("$uri", "$sw_month", months),
        *_map("$uri", "$sw_permission", permissions),
        "# Whether the two go together.",
        *_map("$sw_folder/$sw_reader", "$sw_own", ((key, "1") for key in own)),
        *_map("$sw_month/$sw_reader", "$sw_led", ((key, "1") for key in led)),
        *_map("$sw_permission/$sw_reader", "$sw_permitted", ((key, "1") for key in permitted)),
        *_map("$sw_own$sw_led$sw_permitted", "$sw_granted", [(_regex("1"), "1")]),
        *_map("$sw_granted", "$sw_file", [("1", "$uri")], _NOTHING),
        *_map("$uri", "$sw_public", [(_regex(r"/\.|/web\.config\z"), _NOTHING)], "$uri"),
        "# The language of the browser, and where /me/ leads.",
        *_map(
            "$http_accept_language",
            "$sw_language",
            [(_regex(served.preference(one), ignore_case=True), one) for one in served.languages[1:]],
            first,
        ),
        *_map("$sw_language/$sw_reader", "$sw_home", home),
    ]
    return "\n".join(lines) + "\n"


def server_file(served: Served, sign_in: SignIn) -> str:
    """The locations. Whatever is not the handbook's is guarded."""
    at = served.prefix
    public, personal = _headers(served.public_headers), _headers(served.personal_headers)
    lines = [
        "# Written by “standardwerk access nginx”; include it in the server block of nginx, beside “root”.",
        "absolute_redirect off;",
        "charset utf-8;",
        "index index.html;",
        *(f"error_page {code} {at}$sw_language/{code}.html;" for code in ERRORS),
        "",
    ]
    lines += _location(f"= {at}", [*public, f"try_files {at}index.html =404;"])
    for name in ROOT_FILES:
        if name.partition(".")[0] not in ERRORS:
            lines += _location(f"= {at}{name}", public)
    for folder in served.grants.places.public_folders:
        fallback = "$sw_public $sw_public/" if folder in served.languages else "$sw_public"
        lines += _location(f"^~ {at}{folder}/", [*public, f"try_files {fallback} =404;"])
    for language in served.languages:
        for code in ERRORS:
            lines += _location(f"= {at}{language}/{code}.html", ["internal;", *personal])
    checks = sign_in.checks()
    lines += _location(f"= {at}{ME.rstrip('/')}", [f"return 301 {at}{ME};"])
    lines += _location(f"= {at}{ME}", [*checks, *personal, f"try_files {_NOTHING} @standardwerk_me;"])
    lines += _location(
        "@standardwerk_me",
        [*personal, "if ($sw_home) { return 302 $sw_home; }", f"try_files {at}{ME}index.html =404;"],
    )
    lines += _location(f"^~ {at}", [*checks, *personal, "try_files $sw_file $sw_file/ @standardwerk_refuse;"])
    lines += _location("@standardwerk_refuse", [*personal, "if ($sw_granted) { return 404; }", "return 403;"])
    return "\n".join(lines).rstrip("\n") + "\n"


def quoted(text: str) -> str:
    """A text as nginx takes it: between quotation marks. Signs that would end it are escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _regex(expression: str, *, ignore_case: bool = False) -> str:
    return ("~*" if ignore_case else "~") + expression


def _map(source: str, target: str, entries: Iterable[tuple[str, str]], default: str = "") -> list[str]:
    source = source if re.fullmatch(r"\$\w+", source) else quoted(source)
    known = dict(entries)
    return [
        f"map {source} {target} {{",
        # A folder is answered by its index.html: then the address is another one, and everything is looked up again.
        "    volatile;",
        f"    default {quoted(default)};",
        *(f"    {quoted(key)} {quoted(value)};" for key, value in known.items()),
        "}",
        "",
    ]


def _captures(pattern: str) -> dict[str, str]:
    who = "rep" if "{rep}" in pattern else "team"
    return {who: "(?<sw_who>[^/]+)", "month": "(?<sw_when>[0-9]{4}-[0-9]{2})"}


def _month_value(pattern: str) -> str:
    return f"{pattern.partition('/')[0]}/$sw_who/$sw_when"


def _headers(headers: Mapping[str, str]) -> list[str]:
    return [f"add_header {name} {quoted(value)} always;" for name, value in headers.items()]


def _location(name: str, inside: Iterable[str]) -> list[str]:
    return [f"location {name} {{", *(f"    {line}" for line in inside), "}", ""]


def _power(least: int, start: int) -> int:
    while start < least:
        start *= 2
    return start
