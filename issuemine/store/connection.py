"""The one place that executes SQL: named statements from files, values always bound.

A statement is a file under ``sql/``; its name is its path without the suffix (``"records/upsert"``).
Arrow tables are lent to a statement under the name that it reads them by.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from issuemine.config import StoreSettings
from issuemine.errors import BusyError, DamagedError, StoreError
from issuemine.messages import say
from issuemine.store.statements import GroupingSets, filled, statement

_FULL = ("no space left", "could not write", "disk quota")
_DAMAGED = ("corrupt database file", "not a valid duckdb", "could not read enough bytes", "invalidated")

Lendable: TypeAlias = pa.Table | pa.RecordBatchReader


class Database:
    """An open DuckDB file.

    Parameters
    ----------
    path : Path
        The file. It is created when missing, unless ``read_only``.
    read_only : bool, default False
        Open for reading; any number of processes may.
    settings : StoreSettings, optional
        Memory limit and threads.

    Raises
    ------
    BusyError
        If another process writes to the file.
    StoreError
        If the file cannot be opened or is not a sound DuckDB file.
    """

    def __init__(self, path: Path, *, read_only: bool = False, settings: StoreSettings | None = None) -> None:
        settings = settings or StoreSettings()
        config: dict[str, Any] = {"memory_limit": settings.memory_limit, "preserve_insertion_order": True}
        if settings.threads is not None:
            config["threads"] = settings.threads
        self.path = path
        self._read_only, self._twins = read_only, weakref.WeakSet[Database]()
        try:
            if read_only:
                # DuckDB hands out what it has open under a path even where another file lies there by now;
                # attached files it opens anew. Memory spills elsewhere: their folder may be read-only.
                config["temp_directory"] = f"{gettempdir()}/issuemine-{os.getpid()}"
                self._connection = duckdb.connect(config=config)
                self._connection.execute("ATTACH $path AS attached (READ_ONLY)", {"path": str(path)})
            else:
                self._connection = duckdb.connect(str(path), config=config)
            self._settle()
        except duckdb.Error as error:
            if _says(error, ("could not set lock",)):
                raise BusyError(
                    say("{path} is being written by another process.", path=path),
                    say("Wait for that run to end, then try again."),
                ) from error
            if _says(error, _FULL):
                raise _full("open") from error
            if isinstance(error, duckdb.ConnectionException) or not os.access(path, os.R_OK):
                raise StoreError(
                    say(
                        "{path} cannot be opened as a DuckDB file ({kind}).",
                        path=path,
                        kind=type(error).__name__,
                    ),
                    say("Check the path and its permissions."),
                ) from error
            raise _damaged(path, type(error).__name__) from error

    def cursor(self) -> Database:
        """A second connection to the same open file, for use in another thread."""
        twin = object.__new__(Database)
        twin.path = self.path
        twin._connection = self._connection.cursor()
        twin._read_only, twin._twins = self._read_only, weakref.WeakSet()
        self._twins.add(twin)
        twin._settle()
        return twin

    def execute(
        self,
        name: str,
        values: Mapping[str, Any] | None = None,
        *,
        tables: Mapping[str, Lendable] | None = None,
        dim: int | None = None,
    ) -> None:
        """Run a named statement for its effect.

        Parameters
        ----------
        name : str
            Name of the statement.
        values : mapping, optional
            Values bound to its ``$parameters``.
        tables : mapping, optional
            Arrow tables lent to it, by name.
        dim : int, optional
            Dimension of the vectors, for the statements on vector tables.
        """
        with self._lent(tables):
            self._run(name, values, dim)

    def table(
        self,
        name: str,
        values: Mapping[str, Any] | None = None,
        *,
        tables: Mapping[str, Lendable] | None = None,
        dim: int | None = None,
        sets: GroupingSets | None = None,
    ) -> pa.Table:
        """Run a named statement and return its rows as an Arrow table (parameters as in ``execute``).

        ``sets`` are the grouping sets of the statements that count combinations: numbers of the columns
        ``a1``, ``a2``, and so on.
        """
        with self._lent(tables), self._told(name):
            return self._relation(name, values, dim, sets).to_arrow_table()

    @contextmanager
    def stream(
        self,
        name: str,
        values: Mapping[str, Any] | None = None,
        *,
        rows: int = 10_000,
        dim: int | None = None,
    ) -> Iterator[pa.RecordBatchReader]:
        """Rows of a named statement, ``rows`` at a time, read on a connection of their own."""
        twin = self.cursor()
        try:
            with self._told(name):
                yield twin._relation(name, values, dim).to_arrow_reader(rows)
        finally:
            twin.close()

    def tables(self) -> list[str]:
        """Names of the tables that there are, in alphabetical order."""
        return [str(name) for name in self.table("export/tables")["name"].to_pylist()]

    @contextmanager
    def rows(self, table: str, *, rows: int = 10_000) -> Iterator[pa.RecordBatchReader]:
        """All rows of a table, ordered by all of its columns, ``rows`` at a time."""
        with self.stream("export/rows", {"table": table}, rows=rows) as reader:
            yield reader

    def value(self, name: str, values: Mapping[str, Any] | None = None) -> Any:
        """First column of the first row of a named statement, or None."""
        with self._told(name):
            rows = self._connection.execute(statement(name), dict(values or {})).fetchall()
        return rows[0][0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together, or none of them."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            with suppress(duckdb.Error):  # what failed may have ended the transaction
                self._connection.execute("ROLLBACK")
            raise
        with self._told("commit"):
            self._connection.execute("COMMIT")

    def create(self, name: str, rows: Lendable) -> None:
        """Make a table of that name out of Arrow rows."""
        with self._told(f"create {name}"):
            self._connection.from_arrow(rows).create(name)

    @contextmanager
    def attached(self, path: Path, alias: str) -> Iterator[None]:
        """Have the tables of a second file, made when missing, at hand as ``alias.table``."""
        with self._told("attach"):
            self._connection.execute(f"ATTACH $path AS {alias}", {"path": str(path)})
        try:
            yield
        finally:
            with self._told("detach"):
                self._connection.execute(f"DETACH {alias}")

    def derive(self, table: str, name: str, values: Mapping[str, Any] | None = None) -> None:
        """Make a table of that name, here or in an attached file, out of a named statement's rows."""
        with self._told(name):
            self._connection.execute(f"CREATE TABLE {table} AS\n{statement(name)}", dict(values or {}))

    def script(self, text: str) -> None:
        """Run the statements of a migration."""
        with self._told("migration"):
            self._connection.execute(text)

    def checkpoint(self) -> None:
        """Write everything from the write-ahead log into the file."""
        with self._told("checkpoint"):
            self._connection.execute("CHECKPOINT")

    def interrupt(self) -> None:
        """Have the statements that are at work, here and on second connections, fail."""
        for database in (self, *self._twins):
            with suppress(duckdb.Error):  # closed meanwhile
                database._connection.interrupt()

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settle(self) -> None:
        """What each connection must be told."""
        self._connection.execute("SET TimeZone = 'UTC'")
        if self._read_only:
            self._connection.execute("USE attached")

    def _relation(
        self,
        name: str,
        values: Mapping[str, Any] | None,
        dim: int | None,
        sets: GroupingSets | None = None,
    ) -> Any:
        return self._connection.sql(filled(name, dim, sets), params=dict(values) if values else None)

    def _run(self, name: str, values: Mapping[str, Any] | None, dim: int | None) -> None:
        with self._told(name):
            self._connection.execute(filled(name, dim), dict(values or {}))

    @contextmanager
    def _lent(self, tables: Mapping[str, Lendable] | None) -> Iterator[None]:
        names = list(tables or {})
        for name in names:
            self._connection.register(name, (tables or {})[name])
        try:
            yield
        finally:
            for name in names:
                self._connection.unregister(name)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Turn DuckDB's failures into ours. Their text may quote values, so only the kind is passed on."""
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise StoreError(
                say("The database ran out of memory in '{name}'.", name=name),
                say("Raise store.memory_limit and run again."),
            ) from error
        except duckdb.Error as error:
            # A full disk shows as an I/O error, or as a commit that failed because of one.
            if _says(error, _FULL):
                raise _full(name) from error
            if _says(error, _DAMAGED):
                raise _damaged(self.path, type(error).__name__) from error
            broken = isinstance(error, duckdb.IOException)
            hint = say("Check the disk.") if broken else say("This is a fault in issuemine.")
            raise StoreError(
                say("The database failed in '{name}' ({kind}).", name=name, kind=type(error).__name__), hint
            ) from error


def _says(error: duckdb.Error, signs: tuple[str, ...]) -> bool:
    return any(sign in str(error).lower() for sign in signs)


def _full(name: str) -> StoreError:
    return StoreError(
        say("The disk is full: '{name}' could not be written.", name=name),
        say("Free some space and run again; nothing that was there is lost."),
    )


def _damaged(path: Path, kind: str) -> DamagedError:
    return DamagedError(
        say("The file {path} is damaged ({kind}).", path=path, kind=kind),
        say("Restore a backup with 'issuemine restore'; a snapshot can also be rolled back."),
    )
