"""``issuemine export``: everything that is published as lines of JSON, or one table in a format of choice."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.reasons import failed
from issuemine.store.export import export_lines
from issuemine.store.exporting import published, table_rows
from issuemine.store.formats import BATCH_ROWS, FORMATS, Format, encoded
from issuemine.store.layout import Layout
from issuemine.store.pointer import card, kept
from issuemine.store.snapshot import Snapshot, Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def export(
    file: Annotated[Path, typer.Argument(help=mark("File to write; - is standard output."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    run: Annotated[
        str | None, typer.Option(help=mark("Run whose snapshot is written; default: served."))
    ] = None,
    table: Annotated[
        str | None, typer.Option(help=mark("Only this table, in the format that the file's ending names."))
    ] = None,
    config: Config = None,
) -> None:
    """Write everything that is published as JSON Lines, the same bytes for the same content; or one table."""
    settings = settings_for(config)
    layout = Layout(warehouse)
    if run is None:
        snapshot = Snapshots(layout, settings.store).current()
    elif run in kept(layout):
        snapshot = Snapshot(layout.snapshot(run), settings.store, blake2b=card(layout, run).get("blake2b"))
    else:
        raise SettingsError(
            say("There is no snapshot of run {run}.", run=run),
            say("There are: {runs}.", runs=", ".join(kept(layout))),
        )
    parts = export_lines(snapshot) if table is None else _table(snapshot, table, _format_of(file))
    with _opened(file) as out:
        out.writelines(parts)


def _table(snapshot: Snapshot, name: str, form: Format) -> Iterable[bytes]:
    tables = published(snapshot.database)
    if name not in tables:
        raise SettingsError(
            say("There is no table {name}.", name=name), say("There are: {names}.", names=", ".join(tables))
        )
    with table_rows(snapshot.database, tables[name], rows=BATCH_ROWS[form]) as rows:
        yield from encoded(rows, form)


def _format_of(file: Path) -> Format:
    """By the ending; standard output gets JSON Lines."""
    if str(file) == "-":
        return "jsonl"
    for form in FORMATS:
        if file.suffix.lower() == f".{form}":
            return form
    raise SettingsError(
        say("The ending of {file} names no format.", file=file),
        say("There are: {names}.", names=", ".join(f".{form}" for form in FORMATS)),
    )


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    if str(file) == "-":
        yield sys.stdout.buffer
        return
    try:
        out = file.open("wb")
    except OSError as error:
        raise SettingsError(
            say("{file} cannot be written ({reason}).", file=file, reason=failed(error)),
            say("Make its folder, mend its permissions, or choose another place."),
        ) from error
    with out:
        yield out
