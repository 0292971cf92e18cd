"""A build on a cluster gives the same bytes as one without, even if a worker is killed amid it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from distributed import Client, LocalCluster

from tests.conftest import ROOT

pytestmark = pytest.mark.site
PATIENCE = 300
"""Seconds that a build may take on a busy machine."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("standards", "scorecards"):
        shutil.copytree(ROOT / "tests/sites/adventureworks" / name, folder / name)
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2,
        threads_per_worker=2,
        processes=True,
        dashboard_address="",
        worker_dashboard_address="",
        local_directory=str(tmp_path / "dask"),
    ) as found:
        yield found


def start(project: Path, site: Path, workers: int | str) -> subprocess.Popen[str]:
    config = yaml.safe_load((ROOT / "tests/sites/adventureworks/mkdocs.yml").read_text("utf-8"))
    for plugin in config["plugins"]:
        if isinstance(plugin, dict):
            plugin["standardwerk"]["workers"] = workers
    file = project / f"mkdocs-{site.name}.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(file), "-d", str(site)],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )


def ended(process: subprocess.Popen[str]) -> None:
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_killed_workers_chunks_are_done_again(project: Path, cluster: LocalCluster, tmp_path: Path) -> None:
    ended(start(project, tmp_path / "local", 1))
    with Client(cluster) as client:
        before = set(client.run(os.getpid).values())
        assert len(before) == 2
        building = start(project, tmp_path / "cluster", cluster.scheduler_address)
        pages = tmp_path / "cluster" / "scorecards"
        end = time.monotonic() + PATIENCE
        while not any(pages.glob("*/de/*/index.html")):
            assert time.monotonic() < end
            assert building.poll() is None, building.communicate()[0]
            time.sleep(0.01)
        os.kill(min(before), signal.SIGKILL)
        assert building.poll() is None, "the build ended before a worker was killed"
        ended(building)
        assert min(before) not in client.run(os.getpid).values()
    local, distributed = files(tmp_path / "local"), files(tmp_path / "cluster")
    assert len(local) > 1000
    assert {name for name in local.keys() | distributed.keys() if local.get(name) != distributed.get(name)} == set()


@pytest.mark.parametrize(
    ("workers", "said"),
    [("many", "no address"), ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1.")],
)
def test_what_is_no_cluster_is_said(project: Path, tmp_path: Path, workers: str, said: str) -> None:
    process = start(project, tmp_path / "site", workers)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said in output
    assert "Traceback" not in output
