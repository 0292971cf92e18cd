"""``standardwerk import``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from standardwerk.cli_project import CommandProject, common, fail, refusals
from standardwerk.load.exports import GivenFile
from standardwerk.model.months import Month, months_between
from standardwerk.operations.importing import carry_out, plan_import
from standardwerk.render.import_report import ImportReport


@click.command("import")
@common
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--month", "months", multiple=True, required=True, help="The month, like 2026-11; several, or 2026-01..2026-11."
)
@click.option("--source", help="What the files are of, if neither name nor header says so.")
@click.option("--replace", is_flag=True, help="Replace what the month's folder has.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
def import_(
    config: Path,
    as_of: datetime | None,
    lang: str | None,
    files: tuple[Path, ...],
    months: tuple[str, ...],
    source: str | None,
    replace: bool,
    dry_run: bool,
) -> None:
    """Read raw exports (CSV, TSV, XLSX) into a month's folder. Shows what it understood before it writes."""
    project = CommandProject(config, as_of, lang)
    wanted = sorted({month for text in months for month in _months(project, text)})
    try:
        given = [GivenFile(file.name, file.read_bytes()) for file in files]
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    with refusals(project):
        plan = plan_import(
            project.options,
            given,
            wanted,
            source,
            whole_range=any(".." in text for text in months),
            untouched=dry_run,
        )
        report = ImportReport(plan.basis, project.texts)
        for file in plan.files:
            for line in report.understood(file.export):
                click.echo(line)
            click.echo()
        for target in plan.replaced:
            changes = target.changes if target.before is not None else None
            for line in report.differences(target.path, target.source, changes):
                click.echo(line)
        targets = plan.targets
        for line in report.outlook([(one.path, one.same) for one in targets], [one.month for one in targets]):
            click.echo(line)
        if dry_run:
            click.echo(project.texts.gettext("Nothing was written (--dry-run)."))
            sys.exit(1 if plan.rejected else 0)
        done = carry_out(project.options, plan, replace=replace)
        for line in report.written([(one.path, len(one.rows)) for one in done]):
            click.echo(line)


def _months(project: CommandProject, text: str) -> list[Month]:
    first, dots, last = text.partition("..")
    return list(months_between(project.month(first), project.month(last))) if dots else [project.month(text)]


COMMANDS = (import_,)
