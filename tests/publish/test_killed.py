"""The command itself is killed, its build goes on as an orphan, and the next run begins at once."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standardwerk.publish.releases import Releases
from tests.sites.tiny import Tiny

pytestmark = pytest.mark.site

#: Times the command is killed; with KILLS in the environment as often as wanted.
KILLS = int(os.environ.get("KILLS", "4"))
COMMAND = [sys.executable, "-c", "from standardwerk.cli import main; main()", "publish"]


def print_of(site: Path) -> str:
    """A hash of all files of a site, names included."""
    found = hashlib.sha256()
    for file in sorted(site.rglob("*")):
        if file.is_file():
            found.update(f"{file.relative_to(site)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


def test_the_command_is_killed_and_begun_again(tmp_path: Path) -> None:
    tiny, target = Tiny(), tmp_path / "www"
    projects, prints, seconds = [], [], 0.0
    for number, bookings in enumerate(("100", "200")):
        tiny.files["scorecards/2026-02/sales.csv"][1][2] = bookings
        projects.append(tiny.write(tmp_path / f"project-{number}"))
        begun = time.monotonic()
        subprocess.run([*COMMAND, "-f", projects[-1] / "mkdocs.yml", target], check=True, capture_output=True)
        seconds = time.monotonic() - begun
        prints.append(print_of(target.resolve()))
    assert prints[0] != prints[1]
    dice, releases, ended = random.Random(20261125), Releases(target), 0
    for turn in range(KILLS):
        before = print_of(target.resolve())
        wanted = turn % 2
        process = subprocess.Popen(
            [*COMMAND, "-f", projects[wanted] / "mkdocs.yml", target], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        time.sleep(dice.uniform(0, seconds * 1.05))
        process.send_signal(signal.SIGKILL)
        told, _ = process.communicate()
        ended += process.returncode == 0
        assert process.returncode in {0, -signal.SIGKILL}, told
        assert print_of(target.resolve()) in {before, prints[wanted]}, turn
        assert releases.current() in releases.names()
    # What was left behind is in nobody's way.
    subprocess.run([*COMMAND, "-f", projects[0] / "mkdocs.yml", target], check=True, capture_output=True)
    assert print_of(target.resolve()) == prints[0]
    assert len(releases.names()) <= 3
    print(f"\n{KILLS} kills, {ended} of them too late")
