"""The site while it is served: pages made when they are asked for, and a page of faults instead of none.

A layer around the host's own server (WSGI). What it answers with "not found" is asked for here; if that makes a file,
the server is asked again. All files are the server's to read, and it waits until a build that is under way is whole.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable
from typing import Any, Protocol

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class OnDemand(Protocol):
    """Makes files that are asked for."""

    def provide(self, path: str) -> bool:
        """Make what may lie at a path; whether anything was made."""
        ...


class Served:
    """What is shown of the last build."""

    def __init__(self, failed: Callable[[Exception], str]) -> None:
        self._failed = failed
        """A page that tells of a page that cannot be made."""
        self._lock = threading.Lock()
        self._made = 0
        self.pages: OnDemand | None = None
        """What makes the pages that were not asked for yet; None while a build is under way."""
        self._faulty = False

    def begin(self) -> None:
        """A build begins: from here on nothing is made of what was read before."""
        with self._lock:
            self.pages, self._faulty = None, False

    def show(self, pages: OnDemand) -> None:
        """A build is whole: its pages can be had."""
        with self._lock:
            self.pages, self._faulty = pages, False

    def show_faults(self) -> None:
        """The site is the page of faults at ``index.html`` and nothing else; it answers for every page."""
        with self._lock:
            self.pages, self._faulty = None, True

    def around(self, inner: Application, root: str) -> Application:
        """The server's application with this around it. ``root``: where the site lies on the server, like ``/``."""

        def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8", "ignore")
            while True:
                made = self._made
                answer, body = _asked(inner, environ)
                if str(answer[0]).startswith("404") and path.startswith(root):
                    try:
                        # Somebody else may have had it made since the server looked.
                        if self._provide(path.removeprefix(root)) or self._made != made:
                            continue
                    except Exception as error:
                        traceback.print_exception(error)
                        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
                        return [self._failed(error).encode()]
                    if self._faulty and _is_page(path):
                        environ, path = {**environ, "PATH_INFO": f"{root}index.html"}, ""
                        continue
                start_response(*answer)
                return body

        return application

    def _provide(self, path: str) -> bool:
        with self._lock:
            is_new = self.pages is not None and self.pages.provide(path)
            self._made += is_new
            return is_new


def _asked(inner: Application, environ: Environ) -> tuple[tuple[Any, ...], Iterable[bytes]]:
    """What an application answers: status and headers, and the body."""
    answers: list[tuple[Any, ...]] = []
    body = inner(environ, lambda *answer: answers.append(answer))
    return answers[0], body


def _is_page(path: str) -> bool:
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
