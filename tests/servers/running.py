"""Real servers on this machine, started and stopped by the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODULES = Path("/usr/lib/apache2/modules")
#: What Debian's Apache has on, and what the guide asks for.
APACHE_MODULES = (
    *("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic"),
    *("dir", "mime", "headers", "rewrite", "negotiation", "autoindex", "setenvif"),
)


def program(name: str) -> str:
    """A server's program; the tests need it (``.ci/servers`` installs it)."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert found, f"{name} is missing: run .ci/servers"
    return found


@contextmanager
def place() -> Iterator[Path]:
    """A folder that a server's own user may read, too."""
    with tempfile.TemporaryDirectory(prefix="standardwerk-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[int]:
    """A server in the foreground, until it is not needed any more."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            _wait(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


def nginx(folder: Path, http: str, server: str) -> Iterator[int]:
    """An nginx with lines in its http block and its server block."""
    port = free_port()
    paths = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    (folder / "nginx.conf").write_text(
        f"""\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  keepalive_requests 1000000;
  sendfile on;
  {" ".join(paths)}
  {http}
  server {{
    listen 127.0.0.1:{port};
    {server}
  }}
}}
""",
        "utf-8",
    )
    command = [program("nginx"), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
    with running(command, port, folder / "nginx.log") as found:
        yield found


def apache(folder: Path, site: Path, more: str = "", prefix: str = "/") -> Iterator[int]:
    """An Apache that serves a site with its ``.htaccess`` files."""
    port = free_port()
    modules = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in APACHE_MODULES]
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    (folder / "apache.conf").write_text(
        "\n".join(modules)
        + f"""
ServerRoot {folder}
ServerName 127.0.0.1
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
{user}
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
MaxKeepAliveRequests 0
KeepAliveTimeout 60
TypesConfig /etc/mime.types
DocumentRoot {site}
<Directory {site}>
  Options Indexes MultiViews FollowSymLinks
  AllowOverride AuthConfig FileInfo Indexes Options=Indexes,MultiViews
  {more}
</Directory>
""",
        "utf-8",
    )
    command = [program("apache2"), "-D", "FOREGROUND", "-f", str(folder / "apache.conf")]
    with running(command, port, folder / "apache.log") as found:
        yield found
