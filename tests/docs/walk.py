"""Walks through a guide as its reader would: files are written, commands run, and what they say is looked for.

The word after a fence's language says what a block is:

=======================  ===============================================================================================
```` ```sh ````          commands, run one block after the other; the folder stays as the block before left it
```` ```text ````        lines that the commands before it have printed, in this order; ``…`` stands for anything
```` ```csv FILE ````    the whole file (any language but these two), its path as seen from where the reader stands
```` ```yaml FILE + ```` what is added to the end of the file
=======================  ===============================================================================================

``mkdocs serve`` is started, asked for its first page and stopped.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

_FENCE = re.compile(r"^```(\w+)(?: ([^\s`]+))?(?: (\+))?\n(.*?)^```$", re.M | re.S)
_SERVE = "mkdocs serve"
#: Seconds a served site may take until its first answer.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a guide."""

    language: str
    file: str | None
    added: bool
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The blocks that a reader acts upon: commands, what they print, and files."""
    for language, file, added, content in _FENCE.findall(text):
        if language in {"sh", "text"} or file:
            yield Block(language, file or None, bool(added), content)


@dataclass(slots=True)
class Walk:
    """A reader with a folder, on a day."""

    folder: Path
    today: date
    said: str = ""
    commands: int = 0
    """How many commands were run."""

    def take(self, block: Block) -> None:
        """Do what a block says. Raises :class:`AssertionError` where it does not come true."""
        if block.language == "text":
            self._expect(block.text)
        elif block.file:
            self._write(block)
        else:
            self._run(block.text)

    def _write(self, block: Block) -> None:
        assert block.file
        file = self.folder / block.file
        assert file.exists() or not block.added, f"{block.file} is added to, and is not there"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a" if block.added else "w", encoding="utf-8", newline="\n") as stream:
            stream.write(block.text)

    def _expect(self, text: str) -> None:
        rest = self.said
        for line in filter(None, map(str.strip, text.splitlines())):
            pattern = ".*?".join(map(re.escape, line.split("…")))
            found = re.search(pattern, rest)
            assert found, f"“{line}” was not printed, but\n{self.said}"
            rest = rest[found.end() :]

    def _run(self, script: str) -> None:
        self.commands += sum(1 for line in script.splitlines() if line.strip() and not line.startswith((" ", "#")))
        if script.strip().startswith(_SERVE):
            self._serve(script)
            return
        where = self.folder / ".where"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f'{script}\npwd > "{where}"'],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = done.stdout + done.stderr
        assert done.returncode == 0, f"{script}\n{self.said}"
        self.folder = Path(where.read_text("utf-8").strip())
        where.unlink()

    def _serve(self, script: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [*re.sub(r"#.*", "", script).split(), "-a", f"127.0.0.1:{port}"]
        log = self.folder / ".served"
        with log.open("w", encoding="utf-8") as stream:
            server = subprocess.Popen(
                command, cwd=self.folder, env=self._environment(), stdout=stream, stderr=stream, start_new_session=True
            )
            try:
                self.said = _first_page(f"http://127.0.0.1:{port}/", server)
            finally:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(timeout=PATIENCE)
        log.unlink()

    def _environment(self) -> dict[str, str]:
        noon = datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)
        return {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "SOURCE_DATE_EPOCH": str(int(noon.timestamp())),
            "LANGUAGE": "en",
            "LC_ALL": "C.UTF-8",
        }


def _first_page(address: str, server: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")
