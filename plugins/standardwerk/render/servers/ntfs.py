"""Rights on a file share: a script for PowerShell that closes personal folders, and opens what is open to somebody."""

from __future__ import annotations

from collections.abc import Iterable

from standardwerk.render.servers.common import Served
from standardwerk.render.servers.windows import accounts, closed_folders, openings

#: What PowerShell takes for a single quotation mark.
_QUOTES = "'\u2018\u2019\u201a\u201b"
_HEAD = """\
# Written by “standardwerk access ntfs”; it is written anew with each site. Run it on the copy that readers get:
#   powershell -ExecutionPolicy Bypass -File {name} -Site \\\\server\\share\\handbook
# First everything personal is closed, then opened place by place: at no moment is it open to more than in the end.
# Administrators and the system keep their rights, and so does whoever is named with -Publisher.
param(
    [Parameter(Mandatory = $true)][string] $Site,
    [string[]] $Publisher = @()
)
$ErrorActionPreference = 'Stop'

function Set-Rights([string] $Path, [string[]] $Arguments) {{
    & icacls.exe $Path @Arguments /q | Out-Null
    if ($LASTEXITCODE -ne 0) {{ throw "icacls failed on $Path" }}
}}

function Close-Folder([string] $Name) {{
    $path = Join-Path $Site $Name
    if (-not (Test-Path -LiteralPath $path -PathType Container)) {{ return }}
    $rights = @('/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '/grant:r', '*S-1-5-32-544:(OI)(CI)F')
    foreach ($one in $Publisher) {{ $rights += @('/grant:r', ($one + ':(OI)(CI)F')) }}
    Set-Rights $path $rights
    if (Get-ChildItem -LiteralPath $path) {{ Set-Rights (Join-Path $path '*') @('/reset', '/t') }}
}}

function Open-Place([string] $Name, [string[]] $Accounts) {{
    $path = Join-Path $Site $Name
    if (-not (Test-Path -LiteralPath $path)) {{ return }}
    $rights = 'RX'
    if (Test-Path -LiteralPath $path -PathType Container) {{ $rights = '(OI)(CI)RX' }}
    $all = @()
    foreach ($one in $Accounts) {{ $all += @('/grant', ($one + ':' + $rights)) }}
    Set-Rights $path $all
}}

"""


def script(served: Served, name: str) -> str:
    """The script. Raises :class:`~standardwerk.render.servers.windows.NoAccountError`."""
    lines = [f"Close-Folder {quoted(folder)}" for folder in closed_folders()]
    for path, keys in openings(served).items():
        lines.append(f"Open-Place {quoted(path)} @({_list(accounts(served, keys))})")
    # Lines end as Windows has them, and the mark at the beginning says that it is UTF-8.
    return "\ufeff" + (_HEAD.format(name=name) + "\n".join(lines) + "\n").replace("\n", "\r\n")


def quoted(text: str) -> str:
    """A text as PowerShell takes it: between single marks nothing has a meaning but these marks, which are doubled."""
    return "'" + "".join(sign * 2 if sign in _QUOTES else sign for sign in text) + "'"


def _list(texts: Iterable[str]) -> str:
    return ", ".join(quoted(text) for text in texts)
