"""``mkdocs serve`` itself, over HTTP: personal pages on demand, faults as a page, and back to the site."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites.tiny import START, Tiny

pytestmark = pytest.mark.site

PATIENCE = 60
WORDING = f"standards/bookings/{START}.de.md"


class Server:
    """A running ``mkdocs serve``."""

    def __init__(self, project: Path, *arguments: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = project.parent / "log.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "-a", self.address, *arguments],
                cwd=project,
                env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except urllib.error.URLError:
            return 0, ""

    def wait_for(self, path: str, text: str) -> str:
        """Ask until the text is on the page."""
        deadline = time.monotonic() + PATIENCE
        page = ""
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            page = self.get(path)[1]
            if text in page:
                return page
            time.sleep(0.1)
        raise AssertionError(f"{text!r} is not on {path}:\n{page}\n{self.log.read_text()}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Tiny().write(tmp_path / "project")


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    server = Server(project)
    yield server
    server.stop()


def write(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def epoch_of(page: str) -> int:
    """What the page's script waits to be exceeded."""
    found = re.search(r"livereload\((\d+), \d+\);", page)
    assert found, page
    return int(found[1])


def test_edits_faults_and_scorecards(server: Server, project: Path) -> None:
    page = server.wait_for("de/standards/bookings/", "Bookings (de)")
    before = epoch_of(page)
    assert "Bookings (de)" in server.get("scorecards/ann/de/2026-01/")[1]
    assert server.get("scorecards/ann/2026-01.json")[0] == 200
    assert server.get("teams/north/de/2026-01/")[0] == 200
    assert server.get("scorecards/nobody/de/")[0] == 404
    assert server.get("de/nothing/")[0] == 404

    write(project / WORDING, "# Bookings", "# Aufträge")
    page = server.wait_for("de/standards/bookings/", "Aufträge (de)")
    assert epoch_of(page) > before
    assert "Aufträge (de)" in server.get("scorecards/ann/de/2026-01/")[1]
    assert "Bookings (de)" not in server.get("scorecards/ann/de/2026-01/")[1]

    # A fault of the project: the server lives and says what it is, at every address.
    faulty = project / f"standards/bookings/{START}.yml"
    whole = faulty.read_text("utf-8")
    write(faulty, "kind: ratio", "kind: ration")
    page = server.wait_for("scorecards/ann/de/2026-01/", "SW")
    assert f"standards/bookings/{START}.yml" in page
    assert 'lang="de"' in page
    assert "ration" in page
    assert epoch_of(server.get("de/standards/bookings/")[1])
    faulty.write_text(whole, "utf-8")
    server.wait_for("de/standards/bookings/", "Aufträge (de)")
    assert "Aufträge (de)" in server.get("scorecards/ann/de/2026-01/")[1]

    # A fault nobody checks for.
    config = project / "mkdocs.yml"
    whole = config.read_text("utf-8")
    config.write_text(whole + "nav: {\n", "utf-8")
    assert "1 Fehler verhindert" in server.wait_for("de/standards/bookings/", "Fehler")
    config.write_text(whole, "utf-8")
    server.wait_for("de/standards/bookings/", "Aufträge (de)")


@pytest.mark.parametrize("arguments", [(), ("--strict",), ("--no-livereload",)])
def test_a_server_that_begins_with_faults_shows_them(project: Path, arguments: tuple[str, ...]) -> None:
    broken = project / "scorecards" / "2026-01" / "sales.csv"
    whole = broken.read_text("utf-8")
    write(broken, "900", "9OO")
    server = Server(project, *arguments)
    try:
        page = server.wait_for("de/standards/bookings/", "SW")
        assert "scorecards/2026-01/sales.csv" in page
        broken.write_text(whole, "utf-8")
        if "--no-livereload" not in arguments:
            server.wait_for("de/standards/bookings/", "Bookings (de)")
            assert server.get("scorecards/ann/de/2026-01/")[0] == 200
    finally:
        server.stop()


def test_without_reloading_everything_is_there_at_once(project: Path) -> None:
    server = Server(project, "--no-livereload")
    try:
        server.wait_for("de/standards/bookings/", "Bookings (de)")
        assert server.get("scorecards/ann/de/2026-01/")[0] == 200
        assert server.get("teams/north/de/2026-01/")[0] == 200
    finally:
        server.stop()
