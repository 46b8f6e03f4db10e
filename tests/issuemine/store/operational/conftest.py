"""An operational store: SQLite always, PostgreSQL as well where ISSUEMINE_TEST_POSTGRES says where one is."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from issuemine.config import StoreSettings
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, open_operational

POSTGRES = os.environ.get("ISSUEMINE_TEST_POSTGRES")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    found = Layout(tmp_path / "var")
    found.create()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest) -> Iterator[StoreSettings]:
    """Settings of an empty store; on PostgreSQL a database of its own, dropped afterwards."""
    if request.param == "sqlite":
        yield StoreSettings()
        return
    if POSTGRES is None:
        pytest.skip("set ISSUEMINE_TEST_POSTGRES to the URL of a PostgreSQL server")
    server = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"issuemine_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        url = server.url.set(database=name).render_as_string(hide_password=False)
        yield StoreSettings(operational_url=SecretStr(url))
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def store(layout: Layout, settings: StoreSettings) -> Iterator[Operational]:
    with open_operational(layout, settings) as opened:
        yield opened
