"""Opening the operational store: made when missing, refused when it cannot be trusted."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr

from issuemine.config import StoreSettings
from issuemine.errors import StoreError
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.operational import Operational, open_operational, tables_access, tables_hooks
from issuemine.store.operational.events import all_events, append
from issuemine.store.operational.tables import curation_events, metadata
from tests.issuemine.curation.logs import log

EVENT = log(("lock", {"topic": "T1"}))[0]


def test_the_migrations_make_the_tables_that_the_code_speaks_of(store: Operational) -> None:
    assert tables_access.metadata is tables_hooks.metadata is metadata
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_sqlite_keeps_a_write_ahead_log_and_checks_references(layout: Layout) -> None:
    with open_operational(layout, StoreSettings()) as store, store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_people_write_while_a_run_holds_the_warehouse(layout: Layout, settings: StoreSettings) -> None:
    with (
        one_run_at_a_time(layout.lock),
        Database(layout.warehouse),
        open_operational(layout, settings) as run,
        run.reading() as reading,
    ):
        assert reading.exec_driver_sql("SELECT count(*) FROM curation_events").scalar() == 0
        with open_operational(layout, settings) as person:
            append(person, EVENT)
            assert len(all_events(person)) == 1


def test_a_block_that_fails_writes_nothing(store: Operational) -> None:
    def fail_halfway() -> None:
        with store.writing() as connection:
            row = {"at": EVENT.at, "author": "kim", "kind": "lock", "payload": {"topic": "T1"}}
            connection.execute(curation_events.insert().values(row))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert all_events(store) == []


def test_a_store_made_by_a_newer_version_is_refused(layout: Layout, settings: StoreSettings) -> None:
    with open_operational(layout, settings) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        open_operational(layout, settings)


def test_a_file_that_is_no_database_is_told(layout: Layout) -> None:
    layout.operational.write_text("not a database at all, but long enough to look like one" * 40)
    with pytest.raises(StoreError, match=r"operational\.sqlite"):
        open_operational(layout, StoreSettings())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be reached or written"):
        open_operational(Layout(tmp_path / "none"), StoreSettings())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("hunter2", "not a database URL"),
        ("oddbase://u:hunter2@127.0.0.1/x", "no driver"),
        ("postgresql+psycopg://u:hunter2@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_without_its_password(layout: Layout, url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_operational(layout, StoreSettings(operational_url=SecretStr(url)))
    assert "hunter2" not in str(caught.value)
