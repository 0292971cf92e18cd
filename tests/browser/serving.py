"""A small server for a built site."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class WithHeaders(Quiet):
    """Sends further headers with every answer."""

    def __init__(self, *arguments: Any, headers: Mapping[str, str], **more: Any) -> None:
        self.further = headers
        super().__init__(*arguments, **more)

    def end_headers(self) -> None:
        for name, value in self.further.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """A folder at an address of this machine. ``headers``: sent with every answer."""
    kind = functools.partial(WithHeaders, headers=headers) if headers else Quiet
    handler = functools.partial(kind, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
