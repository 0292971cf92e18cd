"""Pages of a built site to PDF by a Chromium that is installed.

The browser finds no host and runs no script of the pages; they are complete without. Where the system has pipes that a
program can be started with, one browser prints all pages; else it is started for each.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

#: Programs that print as Chromium does, by the names they have in the path.
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
#: Where they lie on systems that do not put them into the path.
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
#: Seconds that a page may take.
PATIENCE = 60.0
_OPTIONS = (
    *("--headless", "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-extensions"),
    *("--disable-background-networking", "--disable-sync", "--disable-dev-shm-usage"),
    # No host is found by its name, so no request leaves.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class PrintError(Exception):
    """The browser did not do what it was told."""


class Printer(Protocol):
    """Prints pages."""

    def print(self, page: Path) -> bytes:
        """A page as a PDF with selectable text, in the size its style sheet says. Raises :class:`PrintError`."""


def find_browser(given: str | None = None) -> Path | None:
    """The browser to print with: the one given (a name or a path), else the first that is there."""
    names = BROWSERS if given is None else (given,)
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and given is None:
        found = next((place for place in PLACES if Path(place).is_file()), None)
    return Path(found) if found is not None else None


@contextmanager
def printing(browser: Path) -> Iterator[Printer]:
    """A browser that prints. It is ended, and what it wrote for itself is removed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [str(browser), *_OPTIONS, f"--user-data-dir={folder}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # As root Chromium refuses to start with its sandbox. The pages are our own, and run no script.
            command.append("--no-sandbox")
        if not hasattr(os, "posix_spawn"):
            yield PageByPage(command, Path(folder))
            return
        printer = OneBrowser(command)
        try:
            yield printer
        finally:
            printer.close()


class PageByPage:
    """Starts the browser for each page."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._command = command
        self._file = folder / "page.pdf"

    def print(self, page: Path) -> bytes:
        """See :class:`Printer`."""
        self._file.unlink(missing_ok=True)
        options = ["--no-pdf-header-footer", f"--print-to-pdf={self._file}", page.resolve().as_uri()]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([*self._command, *options], capture_output=True, timeout=PATIENCE, check=False)
        if not self._file.is_file():
            raise PrintError(str(page))
        return self._file.read_bytes()


class OneBrowser:
    """A browser at the other end of two pipes: messages are JSON, each ended by a null byte.

    https://chromedevtools.github.io/devtools-protocol/
    """

    def __init__(self, command: list[str]) -> None:
        to_browser, self._write = _pipe()
        self._read, from_browser = _pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, to_browser, 3),
            (os.POSIX_SPAWN_DUP2, from_browser, 4),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        command = [*command, "--remote-debugging-pipe"]
        self._process = os.posix_spawn(command[0], command, os.environ, file_actions=actions, setpgroup=0)
        os.close(to_browser)
        os.close(from_browser)
        self._rest = b""
        self._number = 0
        self._session = ""
        self._events: set[str] = set()
        try:
            target = self._ask("Target.createTarget", url="about:blank")["targetId"]
            self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self._ask("Page.enable")
            self._ask("Emulation.setScriptExecutionDisabled", value=True)
        except BaseException:
            self.close()
            raise

    def print(self, page: Path) -> bytes:
        """See :class:`Printer`."""
        self._events.clear()
        went = self._ask("Page.navigate", url=page.resolve().as_uri())
        if "errorText" in went:
            raise PrintError(f"{page}: {went['errorText']}")
        deadline = time.monotonic() + PATIENCE
        while "Page.loadEventFired" not in self._events:
            self._next(deadline)
        self._ask("Runtime.evaluate", expression="document.fonts.ready.then(() => true)", awaitPromise=True)
        options = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
        return base64.b64decode(self._ask("Page.printToPDF", **options)["data"])

    def close(self) -> None:
        """End the browser: it goes when its pipes do, or is made to."""
        os.close(self._write)
        os.close(self._read)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            if os.waitpid(self._process, os.WNOHANG)[0]:
                return
            time.sleep(0.02)
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        content = json.dumps(message).encode() + b"\0"
        try:
            while content:
                content = content[os.write(self._write, content) :]
        except OSError as error:
            raise PrintError(method) from error
        deadline = time.monotonic() + PATIENCE
        while (answer := self._next(deadline)).get("id") != self._number:
            pass
        if "error" in answer:
            raise PrintError(f"{method}: {answer['error'].get('message', '')}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self, deadline: float) -> dict[str, Any]:
        """The next message; of an event it is noted that it happened."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            more = os.read(self._read, 1 << 20) if ready else b""
            if not more:
                raise PrintError("the browser does not answer")
            self._rest += more
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        self._events.add(message.get("method", ""))
        return message


def _pipe() -> tuple[int, int]:
    """A pipe whose ends have high numbers: 3 and 4 are the browser's."""
    import fcntl

    ends = os.pipe()
    read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return read, write
