"""The firm's site behind real servers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from tests.servers import running
from tests.servers.firm import build, passwords

SERVERS = ("nginx", "apache")
#: Files that the small firm's build does not write: a page it has too few people for, and what nobody planned.
PLANTED = (
    "months/de/standards/bookings/index.html",
    *("new-kind/de/index.html", "months/extra.html", "months/index.html", "teams/north/de/index.html"),
    *("teams/index.html", "scorecards/all.csv", "scorecards/ann/extra/page.html", "notes.txt", "de.html", "backup.zip"),
)


def run(*arguments: str | Path) -> str:
    """A command, as a user gives it."""
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="session")
def firm_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``project`` and ``site``."""
    folder = tmp_path_factory.mktemp("firm")
    build(folder)
    return folder


@contextmanager
def served(name: str, project: Path) -> Iterator[tuple[int, Path]]:
    """A server with rules made by the command: its port, and the site it serves."""
    with running.place() as folder:
        site, users = folder / "www", folder / "passwords"
        shutil.copytree(project / "site", site)
        users.write_text(passwords(), "utf-8")
        for path in PLANTED:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text("Ann Person and all others", "utf-8")
        config = ("-f", project / "project" / "mkdocs.yml", "--site", site)
        if name == "nginx":
            run("access", "nginx", *config, "-o", folder / "rules", "--password-file", users)
            rules = folder / "rules"
            found = running.nginx(
                folder,
                f"include {rules}/standardwerk.http.conf;",
                f"root {site}; include {rules}/standardwerk.server.conf;",
            )
        else:
            run("access", "apache", *config, "--password-file", users)
            found = running.apache(folder, site)
        for port in found:
            yield port, site


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, firm_project: Path) -> Iterator[tuple[int, Path]]:
    """Each server in turn."""
    with served(request.param, firm_project) as found:
        yield found
