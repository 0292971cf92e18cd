from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.plugin.building import Built, build_site
from tests.plugin.fake_pipeline import FakePipeline


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The fake handbook as a site. Its German text holds all that must not come through."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield build_site(tmp_path_factory.mktemp("plugin"), monkeypatch, FakePipeline())
