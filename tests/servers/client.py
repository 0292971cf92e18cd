"""A plain HTTP client: sends an address as it is given, keeps its connection, counts."""

from __future__ import annotations

import base64
import socket
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes


class Client:
    """A connection to a server of this machine."""

    count = 0
    """Requests of all clients."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(self, target: str, who: tuple[str, str] | None = None, method: str = "GET", **headers: str) -> Answer:
        """Ask for a target; ``who`` is a name and a password. Headers' names with ``_`` for ``-``."""
        lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if who is not None:
            lines.append("Authorization: Basic " + base64.b64encode(":".join(who).encode()).decode())
        request = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        for last in (False, True):
            try:
                if self._socket is None:
                    self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=10)
                    self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._rest = b""
                self._socket.sendall(request)
                answer = self._read(method)
            except (ConnectionError, EOFError):
                # The server ended a connection that was kept.
                self.close()
                if last:
                    raise
            else:
                Client.count += 1
                return answer
        raise AssertionError("not reached")

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> None:
        assert self._socket is not None
        data = self._socket.recv(1 << 16)
        if not data:
            raise EOFError
        self._rest += data

    def _take(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _read(self, method: str) -> Answer:
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        body = b""
        if method != "HEAD" and status not in {204, 304}:
            if headers.get("transfer-encoding") == "chunked":
                while size := int(self._until(b"\r\n"), 16):
                    body += self._take(size)
                    self._take(2)
                self._until(b"\r\n")
            else:
                body = self._take(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Answer(status, headers, body)
