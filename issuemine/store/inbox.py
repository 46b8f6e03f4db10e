"""The inbox: records that were sent to the service and wait for the next run.

Each post is one file, written whole and on disk before its receipt is given. A run notes which posts it takes
and deletes them once it has published. One that is killed before leaves them to the next, which takes them
again; of one that is killed in between, the next run knows by the note that they are published, and only
deletes them. So nothing that was acknowledged is lost, nothing counts twice, and nothing old comes back. Any
number of processes may write while a run reads: no file is ever changed.
"""

from __future__ import annotations

import contextlib
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
_NOTES_KEPT = 60
_COUNTED_FOR = 10.0
"""Seconds after which the bytes that wait are counted anew, as other processes write and runs delete."""


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
        self._held = 0
        self._counted_at = -_COUNTED_FOR

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
        if self._most is not None and self._full(self._most):
            raise FullError(
                say("The inbox is full: its records wait for the next run."),
                say("Run issuemine run more often, or raise api.inbox_mb."),
            )
        told = {b"rejects": orjson.dumps(rejects.to_pylist())}
        target = self._folder / f"{receipt_id}-{records.num_rows}.arrow"
        fresh = target.with_name(target.name + ".new")
        try:
            if not self._folder.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                sync(self._folder.parent)
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(fresh, SCHEMA.with_metadata(told), options=options) as writer:
                writer.write_table(records)
            sync(fresh)
            self._held += fresh.stat().st_size
            os.replace(fresh, target)
            sync(self._folder)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
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
            with contextlib.suppress(FileNotFoundError):  # a run has just taken it
                total += entry.stat().st_size
        return total

    def find(self, receipt_id: str) -> Post | None:
        """A post that waits."""
        if not RECEIPT.fullmatch(receipt_id):
            return None
        paths = self._folder.glob(f"{receipt_id}-*.arrow")
        found = ((path, _NAME.fullmatch(path.name)) for path in paths)
        return next((Post(name[1], int(name[2]), path) for path, name in found if name is not None), None)

    def note(self, run_id: str, posts: Sequence[Post]) -> None:
        """Note what a run takes, before it publishes it."""
        write_json(self._folder / f"{run_id}.json", {"receipts": [post.receipt_id for post in posts]})

    def noted(self) -> dict[str, frozenset[str]]:
        """Receipts of what recent runs took, whether or not they published; the newest run first."""
        found = {}
        for path in sorted(self._folder.glob("r*.json"), reverse=True):
            try:
                found[path.stem] = frozenset(read_json(path).get("receipts", ()))
            except (OSError, ValueError):  # pruned meanwhile, or damaged: then a run takes the posts again
                continue
        return found

    def delete(self, posts: Sequence[Post]) -> None:
        """Delete what is published; and what writers that were killed, and runs long ago, left."""
        for post in posts:
            post.path.unlink(missing_ok=True)
        for old in sorted(self._folder.glob("r*.json"))[:-_NOTES_KEPT]:
            old.unlink(missing_ok=True)
        for path in self._folder.glob("*.new"):
            try:
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()
            except FileNotFoundError:  # its writer has just finished
                continue

    def taken_by(self, receipt_id: str) -> str | None:
        """The run that published a post that waits no more; None where none did, or long ago."""
        return next((run_id for run_id, receipts in self.noted().items() if receipt_id in receipts), None)

    def _full(self, most: int) -> bool:
        """Whether no more may wait; the folder is only looked through when that is due, or would refuse."""
        if self._held >= most or time.monotonic() - self._counted_at >= _COUNTED_FOR:
            self._held, self._counted_at = self.bytes(), time.monotonic()
        return self._held >= most

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
    StoreError
        If it cannot be read now.
    """
    try:
        with pa.memory_map(str(post.path)) as file, pa.ipc.open_file(file) as reader:
            records = reader.read_all()
            told: list[dict[str, Any]] = orjson.loads((reader.schema.metadata or {})[b"rejects"])
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise DamagedError(say("{path} of the inbox is damaged.", path=post.path.name)) from error
    except OSError as error:
        raise StoreError(
            say("{path} of the inbox cannot be read ({reason}).", path=post.path.name, reason=failed(error)),
            say("Start the run again; nothing was lost."),
        ) from error
    return records.replace_schema_metadata(None), pa.Table.from_pylist(told, schema=REJECT_SCHEMA)
