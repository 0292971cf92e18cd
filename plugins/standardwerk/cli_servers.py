"""Commands about the server: rules for it, and a look at what it would show."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from standardwerk.cli_project import CommandProject, common, refusals
from standardwerk.operations import access as rules
from standardwerk.render.servers import apache, iis, nginx, ntfs
from standardwerk.render.servers.common import Served


class _Address(click.ParamType[str]):
    """An address of a machine, or of a net."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return str(ipaddress.ip_network(str(value), strict=False))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Pattern(click.ParamType[str]):
    """A text of certain signs: nothing else may get into a server's rules."""

    def __init__(self, name: str, pattern: str) -> None:
        self.name = name
        self.pattern = re.compile(pattern)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not self.pattern.fullmatch(str(value)):
            self.fail(f"“{value}” is not one", param, ctx)
        return str(value)


_HEADER = _Pattern("header", r"[A-Za-z][A-Za-z0-9-]*")
_LOCATION = _Pattern("location", r"/[A-Za-z0-9/._~-]*")
_FILE = _Pattern("file", r"[^\x00-\x1f\"'$]+")


@click.group()
def access() -> None:
    """Rules for a server: who may read what of a built site."""


def _of_site(function: Callable[..., None]) -> Callable[..., None]:
    """What every command about a built site is told."""
    function = click.option(
        "--prefix", help="Where the site's root is on the server, like /handbook/; default: the path of site_url."
    )(function)
    function = click.option(
        "--site",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The built site; default: site_dir of mkdocs.yml.",
    )(function)
    return common(function)


def _served(project: CommandProject, site: Path | None, prefix: str | None) -> tuple[Served, Path]:
    folder = site or project.host.site_dir
    if prefix is None:
        prefix = urlsplit(project.host.site_url).path or "/"
    with refusals(project):
        return rules.served(project.load(figures=False), folder, prefix), folder


@access.command("nginx")
@_of_site
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder.")
@click.option("--password-file", type=_FILE, help="For a trial: nginx asks for passwords of this file.")
@click.option("--user-header", type=_HEADER, help="The header in which single sign-on names the visitor.")
@click.option("--proxy", "proxies", type=_Address(), multiple=True, help="A proxy whose header counts.")
@click.option("--auth-request", type=_LOCATION, help="The location that asks a sign-on service about each request.")
def nginx_command(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    site: Path | None,
    prefix: str | None,
    output: Path,
    password_file: str | None,
    user_header: str | None,
    proxies: tuple[str, ...],
    auth_request: str | None,
) -> None:
    """Two files for nginx: one for its http block, one for the server block.

    Say how visitors sign in: --password-file; or --user-header with --proxy; or --user-header with --auth-request.
    """
    sign_in: nginx.SignIn
    if password_file and not (user_header or proxies or auth_request):
        sign_in = nginx.Basic(password_file)
    elif user_header and auth_request and not (password_file or proxies):
        sign_in = nginx.Request(auth_request, user_header)
    elif user_header and proxies and not (password_file or auth_request):
        sign_in = nginx.Header(user_header, proxies)
    else:
        raise click.UsageError("Say how visitors sign in, in one of the three ways.")
    project = CommandProject(config, as_of, lang)
    found, _ = _served(project, site, prefix)
    rules.write(output, nginx.files(found, sign_in))
    for name in (nginx.HTTP, nginx.SERVER):
        click.echo(output / name)


@access.command("apache")
@_of_site
@click.option("--password-file", type=_FILE, help="For a trial: Apache asks for passwords of this file.")
def apache_command(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    site: Path | None,
    prefix: str | None,
    password_file: str | None,
) -> None:
    """Files .htaccess inside the built site, for Apache 2.4. Write them anew after each build."""
    project = CommandProject(config, as_of, lang)
    found, folder = _served(project, site, prefix)
    sign_in = apache.Basic(password_file) if password_file else None
    written = rules.write_inside(folder, apache.files(found, sign_in))
    click.echo(project.texts.ngettext("{count} file written.", "{count} files written.", written))


@access.command("iis")
@_of_site
def iis_command(config: Path, as_of: datetime | None, lang: str | None, site: Path | None, prefix: str | None) -> None:
    """Files web.config inside the built site, for IIS with Windows sign-in. Write them anew after each build."""
    project = CommandProject(config, as_of, lang)
    found, folder = _served(project, site, prefix)
    with refusals(project):
        written = rules.write_inside(folder, rules.for_windows(lambda: iis.files(found)))
    click.echo(project.texts.ngettext("{count} file written.", "{count} files written.", written))


@access.command("ntfs")
@_of_site
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The script.")
def ntfs_command(
    config: Path, as_of: datetime | None, lang: str | None, site: Path | None, prefix: str | None, output: Path
) -> None:
    """A script for PowerShell that sets the rights of a copy on a file share with icacls."""
    project = CommandProject(config, as_of, lang)
    found, _ = _served(project, site, prefix)
    with refusals(project):
        rules.write(output.parent, {output.name: rules.for_windows(lambda: ntfs.script(found, output.name))})
    click.echo(output)


COMMANDS = (access,)
