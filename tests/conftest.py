"""Shared by all tests: nothing is fetched from a model hub, and one small corpus is mined once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partialmethod
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Tests read English messages unless they ask for others, whatever the developer speaks.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("ISSUEMINE_INTERFACE__LANGUAGE", None)
# No test may fail because the machine is busy or a model is loaded at the first example.
hypothesis.settings.register_profile("issuemine", deadline=None)
hypothesis.settings.load_profile("issuemine")
# Clients within a test's process speak to the service as somebody at this machine does.
TestClient.__init__ = partialmethod(  # type: ignore[method-assign]
    TestClient.__init__, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest go first: no core waits for one of them at the end."""
    items.sort(key=lambda item: item.path.parent.name not in ("pipelines", "web"))


@dataclass(frozen=True)
class Mined:
    """A warehouse folder that one run has filled from a sample, and where that sample lies."""

    warehouse: Path
    sample: Path
    truth: Path


@pytest.fixture(scope="session")
def mined(tmp_path_factory: pytest.TempPathFactory) -> Mined:
    from issuemine.config import Settings
    from issuemine.sample import write_sample
    from pipelines.nightly import nightly
    from pipelines.progress import Silent

    folder = tmp_path_factory.mktemp("mined")
    written = write_sample(folder / "sample", days=60, per_day=25, seed=11)
    nightly([str(written.path)], Settings(), folder / "var", as_of=None, reporter=Silent())
    return Mined(folder / "var", written.path, written.truth)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Paths of an empty warehouse folder."""
    found = Layout(tmp_path / "var")
    found.create()
    return found


@pytest.fixture
def warehouse(layout: Layout) -> Iterator[Database]:
    """An empty warehouse."""
    with Database(layout.warehouse) as database:
        migrate(database)
        yield database
