"""The inbox: records that were sent to the service and wait for the next run.

Each post is one file, written whole and on disk before its receipt is given. A run takes what is there when
it begins and deletes it once it has published; one that is killed leaves it to the next, to which a record
that is there already is nothing new. So nothing that was acknowledged is lost, and nothing counts twice.
Any number of processes may write while a run reads: no file is ever changed.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from issuemine.errors import DamagedError, FullError, StoreError
from issuemine.messages import say
from issuemine.reasons import failed
from issuemine.records import RECORD_SCHEMA, REJECT_SCHEMA
from issuemine.store.files import read_json, sync, write_json
from issuemine.store.layout import Layout

RECEIPT = re.compile(r"[0-9a-f]{24}")
"""Form of a receipt's id: when it was given, in nanoseconds, and a random part."""
SCHEMA = RECORD_SCHEMA.append(pa.field("fingerprint", pa.string()))
"""Of what is kept: cleaned records, each with the fingerprint of what was sent."""
_NAME = re.compile(r"([0-9a-f]{24})-(\d+)\.arrow")
_ABANDONED = 3_600.0
_TAKEN_KEPT = 60


@dataclass(frozen=True)
class Post:
    """What was sent at once and waits.

    Attributes
    ----------
    receipt_id : str
        Its receipt.
    records : int
        Records in it.
    path : Path
        Its file.
    """

    receipt_id: str
    records: int
    path: Path

    @property
    def at(self) -> datetime:
        """When it came."""
        return received_at(self.receipt_id)


def received_at(receipt_id: str) -> datetime:
    """When a receipt was given."""
    return datetime.fromtimestamp(int(receipt_id[:16], 16) / 1e9, UTC)


class Inbox:
    """The inbox of a warehouse folder.

    Parameters
    ----------
    layout : Layout
        The folder; it need not be there yet.
    most_bytes : int, optional
        What it may hold; default: whatever the disk does.
    """

    def __init__(self, layout: Layout, most_bytes: int | None = None) -> None:
        self._folder = layout.inbox
        self._most = most_bytes

    @staticmethod
    def receipt() -> str:
        """A new receipt's id."""
        return f"{time.time_ns():016x}{secrets.token_hex(4)}"

    def put(self, receipt_id: str, records: pa.Table, rejects: pa.Table) -> None:
        """Keep a post, on disk when this returns.

        Parameters
        ----------
        receipt_id : str
            Its receipt.
        records : pa.Table
            ``SCHEMA``.
        rejects : pa.Table
            REJECT_SCHEMA.

        Raises
        ------
        FullError
            If the inbox is full.
        StoreError
            If it cannot be written to.
        """
        if self._most is not None and self.bytes() >= self._most:
            raise FullError(
                say("The inbox is full: its records wait for the next run."),
                say("Run issuemine run more often, or raise api.inbox_mb."),
            )
        told = {b"rejects": orjson.dumps(rejects.to_pylist())}
        target = self._folder / f"{receipt_id}-{records.num_rows}.arrow"
        fresh = target.with_name(target.name + ".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(fresh, SCHEMA.with_metadata(told), options=options) as writer:
                writer.write_table(records)
            sync(fresh)
            os.replace(fresh, target)
            sync(self._folder)
        except OSError as error:
            raise StoreError(
                say(
                    "The inbox {folder} cannot be written to ({reason}).",
                    folder=self._folder,
                    reason=failed(error),
                ),
                say("Mend its permissions or free space, then send the records again."),
            ) from error

    def waiting(self) -> list[Post]:
        """What waits, the oldest first."""
        found = []
        for entry in self._entries():
            name = _NAME.fullmatch(entry.name)
            if name is not None:
                found.append(Post(name[1], int(name[2]), Path(entry.path)))
        return sorted(found, key=lambda post: post.receipt_id)

    def bytes(self) -> int:
        """Bytes that it holds."""
        total = 0
        for entry in self._entries():
            try:
                total += entry.stat().st_size
            except FileNotFoundError:  # a run has just taken it
                continue
        return total

    def find(self, receipt_id: str) -> Post | None:
        """A post that waits."""
        paths = self._folder.glob(f"{receipt_id}-*.arrow")
        found = ((path, _NAME.fullmatch(path.name)) for path in paths)
        return next((Post(name[1], int(name[2]), path) for path, name in found if name is not None), None)

    def taken(self, run_id: str, posts: Sequence[Post]) -> None:
        """Delete what a run has published, and remember which receipts that were.

        Cut off in between, the rest is taken again, to no effect.
        """
        if posts:
            write_json(self._folder / f"{run_id}.json", {"receipts": [post.receipt_id for post in posts]})
        for post in posts:
            post.path.unlink(missing_ok=True)
        for old in self._lists()[:-_TAKEN_KEPT]:
            old.unlink(missing_ok=True)
        for entry in self._entries():
            if entry.name.endswith(".new") and time.time() - entry.stat().st_mtime > _ABANDONED:
                Path(entry.path).unlink(missing_ok=True)

    def taken_by(self, receipt_id: str) -> str | None:
        """The run that took a post; None where none did, or long ago."""
        for path in reversed(self._lists()):
            if receipt_id in read_json(path).get("receipts", ()):
                return path.stem
        return None

    def _lists(self) -> list[Path]:
        return sorted(self._folder.glob("r*.json"))

    def _entries(self) -> Iterable[os.DirEntry[str]]:
        try:
            with os.scandir(self._folder) as entries:
                return list(entries)
        except FileNotFoundError:
            return []


def read_post(post: Post) -> tuple[pa.Table, pa.Table]:
    """Records and rejects of a post.

    Raises
    ------
    DamagedError
        If its file is not what was written.
    """
    try:
        with pa.memory_map(str(post.path)) as file, pa.ipc.open_file(file) as reader:
            records = reader.read_all()
            told: list[dict[str, Any]] = orjson.loads((reader.schema.metadata or {})[b"rejects"])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError) as error:
        raise DamagedError(say("{path} of the inbox is damaged.", path=post.path.name)) from error
    return records.replace_schema_metadata(None), pa.Table.from_pylist(told, schema=REJECT_SCHEMA)
