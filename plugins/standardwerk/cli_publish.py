"""Commands that bring a site to its readers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from standardwerk.cli_project import (
    MARK,
    BuildError,
    CommandProject,
    audience_option,
    build_with_mkdocs,
    common,
    csv_text,
    fail,
    project_options,
    refusals,
)
from standardwerk.operations.access import guard
from standardwerk.operations.auditing import audit_site, told
from standardwerk.operations.publishing import FindingsError, announcement, roll_back
from standardwerk.operations.publishing import publish as publish_site
from standardwerk.publish.audit.report import Audit
from standardwerk.publish.releases import Releases
from standardwerk.render.report import report_lines
from standardwerk.render.texts import Texts


@click.command()
@project_options
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help="How many releases to keep.")
@click.option("--by-index", is_flag=True, help="For file shares without links: index.html leads to the newest release.")
@click.option(
    "--access", "server", type=click.Choice(["apache", "iis"]), help="Write this server's rules into the release."
)
@audience_option
@click.option("--offline", is_flag=True, help="Links name their files, for a copy that no server serves.")
@click.option("--rollback", is_flag=True, help="Go back to the release before; nothing is built.")
def publish(
    config: Path,
    lang: str | None,
    target: Path,
    keep: int,
    by_index: bool,
    server: str | None,
    audience: str | None,
    offline: bool,
    rollback: bool,
) -> None:
    """Check, build aside, audit, and switch TARGET to the new site in one step. Readers never see half a site."""
    project = CommandProject(config, None, lang)
    texts = project.texts
    releases = Releases(target, by_index=by_index)
    with refusals(project):
        if rollback:
            click.echo(texts.gettext("Readers have the release {name} again.", name=roll_back(releases)))
            return
        options = project.options = replace(project.options, audience=project.built_for(audience))
        site = project.load()
        # Before anything is built: whether there is such an audience.
        _ = site.extract

        def build(folder: Path) -> None:
            build_with_mkdocs(options, folder, offline=offline)
            if server is not None:
                # Before readers have it: a release without its rules would be open.
                guard(site, folder, server, urlsplit(project.host.site_url).path or "/")

        def findings(folder: Path) -> Sequence[str]:
            found = audit_site(site, folder, project.host.site_url)
            listed = told(found, privately=project.options.private_log)
            return [*report_lines(texts, listed), *(_counted(texts, found) if listed else ())]

        try:
            done = publish_site(releases, build, findings, keep=keep, now=datetime.now(UTC))
        except BuildError as error:
            click.echo(str(error), err=True)
            click.echo(texts.gettext("The site was not built. Readers still have the old one."), err=True)
            sys.exit(1)
        except FindingsError as error:
            for finding in error.findings:
                click.echo(finding, err=True)
            click.echo(texts.gettext("The site was thrown away. Readers still have the old one."), err=True)
            sys.exit(1)
    click.echo(
        texts.gettext(
            "Published: {name}. {files} files, {unchanged} of them unchanged.",
            name=done.release,
            files=done.files,
            unchanged=done.unchanged,
        )
    )


@click.command()
@common
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Processes; default: as many as are worth it.")
@audience_option
def audit(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    site: Path,
    form: str,
    workers: int | None,
    audience: str | None,
) -> None:
    """Look at every file of the built SITE: places, names, links, policy, other hosts. Exit 1 on findings."""
    project = CommandProject(config, as_of, lang, form)
    project.options = replace(project.options, audience=project.built_for(audience))
    with refusals(project):
        found = audit_site(project.load(figures=False), site, project.host.site_url, workers)
    project.tell(told(found, privately=project.options.private_log))
    if form != "json":
        for line in _counted(project.texts, found):
            click.echo(line)
    sys.exit(1 if len(found.found) else 0)


def _counted(texts: Texts, found: Audit) -> Iterator[str]:
    if found.unlisted:
        yield texts.ngettext(
            "{count} more finding is the same in another file.",
            "{count} more findings are the same in other files.",
            found.unlisted,
        )
    yield texts.ngettext("{count} file looked at.", "{count} files looked at.", found.files)


@click.command()
@common
@click.argument("month")
@click.option("--address", required=True, help="Where readers find the site, like https://intranet.example/handbuch/.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; default: the screen.")
def announce(
    config: Path, as_of: datetime | None, lang: str | None, month: str, address: str, output: Path | None
) -> None:
    """The mail list of a month: login, link, last day for objections. It holds no figures."""
    project = CommandProject(config, as_of, lang)
    if not address.startswith(("https://", "http://", "file:///")):
        fail(project.texts.gettext("“{address}” is not an address like https://intranet.example/.", address=address))
    with refusals(project):
        rows = announcement(project.load(), str(project.month(month)), address)
    table = csv_text(["login", "link", "deadline"], ([one.login, one.link, one.deadline] for one in rows))
    if output is None:
        click.echo(table.removeprefix(MARK), nl=False)
    else:
        output.write_text(table, "utf-8", newline="")
        click.echo(project.texts.ngettext("{count} person.", "{count} people.", len(rows)))


COMMANDS = (publish, audit, announce)
