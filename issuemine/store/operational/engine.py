"""Opens the operational store: SQLite in the warehouse folder, or PostgreSQL by URL.

It is a file of its own, so that people can write while a run holds the warehouse and while the service
reads snapshots.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from issuemine.config import StoreSettings
from issuemine.errors import BusyError, StoreError
from issuemine.messages import say
from issuemine.store.layout import Layout
from issuemine.store.operational.migrate import upgrade
from issuemine.store.operational.together import Together, alone, joined, present

_SECONDS = 30
_PATIENCE: dict[str, dict[str, Any]] = {
    "sqlite": {"timeout": _SECONDS},
    "postgresql": {"connect_timeout": _SECONDS, "options": f"-c lock_timeout={_SECONDS}s"},
}
"""How long a writer waits for another one, as each driver is told it."""
_WRITERS = 0x15_5E_31_4E
"""Key of PostgreSQL's advisory lock, which makes writers take turns as SQLite's write lock does."""


class Operational:
    """The open operational store.

    Parameters
    ----------
    engine : sqlalchemy.Engine
        Made by :func:`open_operational`, which also brings the tables up to date.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @property
    def place(self) -> str:
        """Where it lies, as told to people: never with a password."""
        return _place(self._engine.url)

    @property
    def file(self) -> str | None:
        """Path of the SQLite file; None where it is another database."""
        return self._engine.url.database if self._engine.url.get_backend_name() == "sqlite" else None

    @contextmanager
    def unbound(self) -> Iterator[sa.Connection]:
        """A connection without a transaction, for locks that outlast one."""
        with _told(self.place), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the store, and what is written :meth:`together`."""
        group = present(self)
        if group is not None and group.connection is not None:
            with _told(self.place):
                yield group.connection
            return
        with _told(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that no other writer comes between; kept when the block ends without failure.

        Raises
        ------
        BusyError
            If another writer does not come to an end in time.
        """
        group = present(self)
        connection = group.open() if group is not None else None
        if connection is None:
            with self._alone() as connection:
                yield connection
            return
        with _told(self.place), connection.begin_nested():
            yield connection

    def together(self) -> AbstractContextManager[Together]:
        """Have all that is written in a block kept when it is said, or not at all."""
        return joined(Together(self, self._alone))

    def apart(self) -> AbstractContextManager[None]:
        """Have what is written in a block kept step by step, whatever becomes of what is written together.

        No block must begin once something was: it would wait for itself.
        """
        return alone()

    @contextmanager
    def _alone(self) -> Iterator[sa.Connection]:
        with _told(self.place), self._engine.connect() as connection, _turn(connection):
            yield connection

    def close(self) -> None:
        """Close all connections; a second call does nothing."""
        self._engine.dispose()

    def __enter__(self) -> Operational:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_operational(layout: Layout, settings: StoreSettings) -> Operational:
    """Open the operational store and bring its tables up to date; it is made when missing.

    Any number of processes may, at once and while others write.

    Parameters
    ----------
    layout : Layout
        The warehouse folder, which must be there.
    settings : StoreSettings
        ``operational_url`` says where the store lies, if not in the folder.

    Raises
    ------
    StoreError
        If it cannot be reached or written, or was made by a newer version.
    """
    if settings.operational_url is None:
        url = sa.URL.create("sqlite", database=str(layout.operational))
    else:
        url = _parsed(settings.operational_url.get_secret_value())
    engine = _engine(url)
    try:
        with _told(_place(url)), _opening(url), engine.connect() as connection, _turn(connection):
            upgrade(connection, _place(url))
    except BaseException:
        engine.dispose()
        raise
    return Operational(engine)


def _parsed(text: str) -> sa.URL:
    try:
        return sa.make_url(text)
    except ArgumentError as error:
        raise StoreError(
            say("store.operational_url is not a database URL."),
            say("Write it like postgresql+psycopg://user:password@host/name."),
        ) from error


def _engine(url: sa.URL) -> sa.Engine:
    backend = url.get_backend_name()
    try:
        engine = sa.create_engine(
            url, hide_parameters=True, pool_pre_ping=True, connect_args=_PATIENCE.get(backend, {})
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            say("There is no driver for {place}.", place=_place(url)),
            say("For PostgreSQL install issuemine[postgres] and begin the URL with postgresql+psycopg://."),
        ) from error
    if backend == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    # Python's driver would begin transactions late and by itself: _begin does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _turn(connection: sa.Connection) -> Iterator[None]:
    """A transaction of one writer at a time: ids follow the order in which events are kept."""
    connection.execution_options(writing=True)
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
        yield


def _opening(url: sa.URL) -> AbstractContextManager[object]:
    """SQLite does not wait when two processes turn the write-ahead log on at once: they take turns here."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return nullcontext()
    return FileLock(f"{url.database}.lock", timeout=_SECONDS)


def _place(url: sa.URL) -> str:
    return url.database or ":memory:" if url.get_backend_name() == "sqlite" else url.render_as_string()


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Turn the database's failures into ours. Their text may quote values, so only the kind is passed on."""
    try:
        yield
    except Timeout as error:
        raise _busy(place) from error
    except OperationalError as error:
        if "locked" in str(error.orig).lower() or "lock timeout" in str(error.orig).lower():
            raise _busy(place) from error
        raise StoreError(
            say("The operational store {place} cannot be reached or written.", place=place),
            say("Check its path or address, its permissions and the disk."),
        ) from error
    except OSError as error:
        raise StoreError(
            say("The operational store {place} cannot be reached or written.", place=place),
            say("Check its path or address, its permissions and the disk."),
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(
            say(
                "The operational store {place} failed ({kind}).",
                place=place,
                kind=type(getattr(error, "orig", None) or error).__name__,
            ),
            say("It may be damaged: restore a backup."),
        ) from error


def _busy(place: str) -> BusyError:
    return BusyError(
        say("The operational store {place} is being written by others all the time.", place=place),
        say("Try again."),
    )
