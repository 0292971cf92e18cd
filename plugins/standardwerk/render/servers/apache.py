"""Rules for Apache 2.4: ``.htaccess`` files inside the site. The one at the root denies; those below open.

A file decides for its folder and all below it, until one there decides otherwise. Conditions are on the file that would
be served (``REQUEST_FILENAME``), so that no way of writing an address gets round them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standardwerk.render.servers.common import ERRORS, Served, cases_of, lead_kinds, permitted_kinds
from standardwerk.site.places import KINDS, ROOT_FILES, Audience, Kind
from standardwerk.site.urls import ME

NAME = ".htaccess"
#: True for nobody.
_NOBODY = "%{REMOTE_USER} =~ m#(?!)#"
_HEAD = "# Written by “standardwerk access apache”; it is written anew with each site."


@dataclass(frozen=True)
class Basic:
    """Passwords of Apache's own, for a trial. Otherwise the server's own configuration says how visitors sign in."""

    password_file: str
    realm: str = "Standardwerk"

    def lines(self) -> list[str]:
        """What the file at the root needs."""
        return [
            "AuthType Basic",
            f'AuthName "{self.realm}"',
            "AuthBasicProvider file",
            f'AuthUserFile "{self.password_file}"',
        ]


def files(served: Served, sign_in: Basic | None) -> Mapping[str, str]:
    """All files by path in the site."""
    found = {NAME: _root(served, sign_in), f"{ME}{NAME}": _me(served)}
    for folder in served.grants.places.public_folders:
        found[f"{folder}/{NAME}"] = _file(
            [
                "Require all granted",
                *_public_headers(served),
                "# These are shown in place of what may not be read.",
                '<FilesMatch "^40[134]\\.html$">',
                *(f"  {line}" for line in _headers(served.personal_headers)),
                "</FilesMatch>",
            ]
        )
    for folder, conditions in sorted(_openings(served).items()):
        found[f"{folder}/{NAME}"] = _file(_only_if(" || ".join(conditions)))
    return found


def _root(served: Served, sign_in: Basic | None) -> str:
    names = [name for name in ROOT_FILES if name.partition(".")[0] not in ERRORS]
    own = f"^{re.escape(served.prefix)}(?:{'|'.join(map(re.escape, names))})?$"
    first, *others = served.languages
    return _file(
        [
            "Options -Indexes -MultiViews",
            "DirectoryIndex index.html",
            "AddDefaultCharset utf-8",
            *(sign_in.lines() if sign_in is not None else []),
            "# Who is signed in and may not read something gets 403; who is not gets 401.",
            "AuthzSendForbiddenOnFailure On",
            *_only_if(f"%{{REQUEST_URI}} =~ m#{own}# || {_NOBODY}"),
            "# Rules are never served.",
            r'<FilesMatch "^(?:\.|web\.config$)">',
            "  Require all denied",
            "</FilesMatch>",
            *_headers(served.personal_headers),
            f'<If "%{{REQUEST_URI}} =~ m#{own}#">',
            *(f"  {line}" for line in _public_headers(served)),
            "</If>",
            *_errors(served, first),
            *(
                line
                for language in others
                for line in (
                    f'<If "%{{req:Accept-Language}} =~ m#{served.preference(language)}#i">',
                    *(f"  {one}" for one in _errors(served, language)),
                    "</If>",
                )
            ),
        ]
    )


def _errors(served: Served, language: str) -> list[str]:
    return [f"ErrorDocument {code} {served.prefix}{language}/{code}.html" for code in ERRORS]


def _me(served: Served) -> str:
    lines = ["Require valid-user", "RewriteEngine On"]
    first, *others = served.languages
    for language in (*others, first):
        for key, home in sorted(served.grants.home.items()):
            lines.append(f'RewriteCond expr "{_is_one_of(served, [key])}"')
            if language != first:
                lines.append(f'RewriteCond %{{HTTP:Accept-Language}} "{served.preference(language)}" [NC]')
            lines.append(rf"RewriteRule ^(?:index\.html)?$ {served.prefix}{home[language]} [R=302,L]")
    return _file(lines)


def _openings(served: Served) -> dict[str, list[str]]:
    """By folder: on which conditions something in it may be read."""
    grants = served.grants
    found: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS:
        found[kind.pattern.partition("/")[0]] = [_NOBODY]
    for folder, key in grants.own.items():
        found[folder].append(_is_one_of(served, [key]))
    months: dict[str, dict[frozenset[str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for (folder, month), keys in sorted(grants.led.items()):
        months[folder][keys].append(month)
    for folder, its in months.items():
        first, name = folder.split("/")
        kinds = [kind for kind in lead_kinds() if kind.pattern.startswith(f"{first}/")]
        for keys, spans in its.items():
            fixed = {"rep": re.escape(name), "team": re.escape(name), "month": "|".join(spans)}
            found[folder].append(_opening(served, kinds, fixed, keys))
    for kind in permitted_kinds():
        allowed = grants.permitted.get(kind.permission)
        if not allowed:
            continue
        folders = [kind.pattern.partition("/")[0]]
        if kind.audience is Audience.LEAD:
            # These folders have rules of their own, which would replace those above them.
            folders += grants.teams
        for folder in folders:
            found[folder].append(_opening(served, [kind], {}, allowed))
    return found


def _opening(served: Served, kinds: Iterable[Kind], fixed: Mapping[str, str], keys: Iterable[str]) -> str:
    paths = "|".join(served.expression(kind, fixed) for kind in kinds)
    return f"(%{{REQUEST_FILENAME}} =~ m#/(?:{paths})$# && {_is_one_of(served, keys)})"


def _is_one_of(served: Served, keys: Iterable[str]) -> str:
    names = [
        quoted(case)
        for key in sorted(keys)
        for spelling in served.grants.readers[key].spellings
        for case in cases_of(spelling)
    ]
    return f"tolower(%{{REMOTE_USER}}) in {{ {', '.join(dict.fromkeys(names))} }}"


def quoted(text: str) -> str:
    """A text as an expression of Apache takes it: plain signs as they are, all others as octal bytes.

    So nothing in it can end the text, be a variable (``%{…}``, ``${…}``) or a part that was matched before (``$1``).
    """
    plain, digits = b"abcdefghijklmnopqrstuvwxyz._@-", b"0123456789"
    found, octal = "", False
    for byte in text.encode():
        # A digit behind an octal number would be read as part of it.
        octal = not (byte in plain or (byte in digits and not octal))
        found += f"\\{byte:03o}" if octal else chr(byte)
    return f"'{found}'"


def _only_if(condition: str) -> list[str]:
    """Let in on a condition: else 401 for who is not signed in, and 403 for who is.

    The first line alone would keep people out, but Apache would ask them for another login again and again.
    """
    return [
        "<RequireAll>",
        f'  Require expr "{condition}"',
        f"  Require not expr \"%{{REMOTE_USER}} != '' && !({condition})\"",
        "</RequireAll>",
    ]


def _public_headers(served: Served) -> list[str]:
    others = [name for name in served.personal_headers if name not in served.public_headers]
    return [*_headers(served.public_headers), *(f"Header always unset {name}" for name in others)]


def _headers(headers: Mapping[str, str]) -> list[str]:
    return [f'Header always set {name} "{value}"' for name, value in headers.items()]


def _file(lines: Iterable[str]) -> str:
    return "\n".join((_HEAD, *lines)) + "\n"
