"""Where things lie in a warehouse folder."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import tempfile
from pathlib import Path

from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.reasons import failed
from issuemine.store.files import sync


class Layout:
    """The paths of a warehouse folder.

    Parameters
    ----------
    folder : Path
        The folder; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "warehouse.duckdb"
        self.seal = folder / "warehouse.seal.json"
        self.operational = folder / "operational.sqlite"
        self.runs = folder / "runs"
        self.snapshots = folder / "snapshots"
        self.pointer = self.snapshots / "current.json"
        self.models = folder / "models"
        self.vectors = folder / "vectors"
        self.operational = folder / "operational.sqlite"
        self.lock = folder / "run.lock"
        self.switch = self.snapshots / "switch.lock"
        self.key = folder / "customer.key"
        self.inbox = folder / "inbox"

    def snapshot(self, run_id: str) -> Path:
        """Path of a run's snapshot."""
        return self.snapshots / f"{run_id}.duckdb"

    def card(self, run_id: str) -> Path:
        """Path of what is known of a run's snapshot: its digest, size and totals."""
        return self.snapshots / f"{run_id}.json"

    def create(self) -> None:
        """Make the folders.

        Raises
        ------
        StoreError
            If the folder cannot be written to.
        """
        try:
            for folder in (self.folder, self.snapshots, self.models, self.vectors, self.runs):
                folder.mkdir(parents=True, exist_ok=True)
            if not os.access(self.folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            probe = self.folder / ".writable"
            probe.write_bytes(b"issuemine")
            probe.unlink()
        except OSError as error:
            raise StoreError(
                say(
                    "The warehouse folder {folder} cannot be written to ({reason}).",
                    folder=self.folder,
                    reason=failed(error),
                ),
                say("Choose another with --warehouse, or mend its permissions or free space."),
            ) from error

    def clear_leftovers(self) -> None:
        """Delete what a killed run left half-written; only the holder of the lock may."""
        for pattern in (
            "*.new",
            "snapshots/*.building*",
            "snapshots/*.new",
            "runs/*.new",
            "models/*.partial",
        ):
            for leftover in self.folder.glob(pattern):
                leftover.unlink(missing_ok=True)

    def customer_key(self) -> bytes:
        """Key of the customer hash: made at first use, whole or not at all, readable by its owner only.

        Several processes may ask for it first: one makes it, all get the same.
        """
        if not self.key.exists():
            descriptor, name = tempfile.mkstemp(prefix=f"{self.key.name}.", suffix=".making", dir=self.folder)
            fresh = Path(name)
            try:
                with os.fdopen(descriptor, "w", encoding="ascii") as file:
                    file.write(secrets.token_hex(32))
                    file.flush()
                    os.fsync(file.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(fresh, self.key)
            finally:
                fresh.unlink(missing_ok=True)
            sync(self.folder)
        return bytes.fromhex(self.key.read_text(encoding="ascii"))
