"""A client of the application over the mined sample."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.conftest import Mined


@pytest.fixture(scope="session")
def client(mined: Mined) -> Iterator[TestClient]:
    with TestClient(create_app(mined.warehouse, Settings()), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def snapshot(mined: Mined) -> Snapshot:
    return Snapshots(Layout(mined.warehouse)).current()
