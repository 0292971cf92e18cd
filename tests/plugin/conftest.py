from __future__ import annotations

import pytest

from tests.plugin.building import Built, build_site
from tests.plugin.fake_pipeline import FakePipeline


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The fake handbook as a site. Its German text holds all that must not come through."""
    # Undone at once: the fixture lives as long as the session, and other tests build with the real pipeline.
    with pytest.MonkeyPatch.context() as monkeypatch:
        return build_site(tmp_path_factory.mktemp("plugin"), monkeypatch, FakePipeline())
