"""A client of the application over the mined sample."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.records_access import Role
from issuemine.store.layout import Layout
from issuemine.store.operational import keys, open_operational
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.api.live import live
from tests.conftest import Mined


@pytest.fixture(scope="session")
def client(mined: Mined) -> Iterator[TestClient]:
    with TestClient(create_app(mined.warehouse, Settings()), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def snapshot(mined: Mined) -> Snapshot:
    return Snapshots(Layout(mined.warehouse)).current()


@dataclass(frozen=True)
class Live:
    """A real server over a copy of the sample, and a key of each role."""

    address: str
    keys: dict[str, str]


@pytest.fixture(scope="session")
def served(mined: Mined, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(mined.warehouse, folder)
    settings = Settings()
    with open_operational(Layout(folder), settings.store) as store:
        now = datetime.now(UTC)
        made = {str(role): keys.create(store, str(role), role, at=now)[0] for role in Role}
    with live(create_app(folder, settings)) as address:
        yield Live(address, made)
