"""Other hosts than that of the virtual environment: packages put before its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOSTS = Path(sys.prefix) / "hosts"


def run_host(name: str, module: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a module of a host that ``.ci/hosts`` has installed."""
    folder = HOSTS / name
    if not (folder / ".installed").is_file():
        pytest.skip(f"{name} is not installed: run .ci/hosts {sys.prefix}")
    environment = os.environ | {"PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)
