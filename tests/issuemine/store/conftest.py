"""A small warehouse on disk with three published runs."""

import shutil
from pathlib import Path

import pytest

from issuemine.store.layout import Layout
from tests.issuemine.store.prepared import publish_three


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Made once: three published runs, the warehouse closed and sealed."""
    return publish_three(tmp_path_factory.mktemp("published") / "var")


@pytest.fixture
def three(published: Layout, tmp_path: Path) -> Layout:
    """Three published runs, the test's own."""
    shutil.copytree(published.folder, tmp_path / "three")
    return Layout(tmp_path / "three")
