"""Files that are written whole or not at all, and told apart by their digests."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import orjson

_PART, _CHUNK = 1 << 25, 1 << 18


def hasher() -> hashlib.blake2b:
    """BLAKE2b with the 16 bytes that all our digests have."""
    return hashlib.blake2b(digest_size=16)


_HASHES: Mapping[str, Callable[[], Any]] = {"blake2b": hasher, "sha256": hashlib.sha256}


def digest(path: Path) -> str:
    """BLAKE2b hash of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, hasher).hexdigest()


def quickest() -> str:
    """Name of the hash that this machine takes in the least time, for ``digest_of_parts``.

    SHA-256 takes half of BLAKE2b's time where the processor has instructions for it, and twice as long
    where it has not.
    """
    return min(_HASHES, key=_seconds)


def digest_of_parts(path: Path, name: str) -> str:
    """Hash of the hashes of a file's parts of 32 MiB, as hex: as fast as there are cores.

    Another value than ``digest``, and as sure to tell a changed byte. It does not depend on the machine.

    Parameters
    ----------
    path : Path
        The file.
    name : {"blake2b", "sha256"}
        Which hash.
    """
    fresh = _HASHES[name]
    with path.open("rb") as file:
        descriptor = file.fileno()
        starts = range(0, os.fstat(descriptor).st_size, _PART)
        whole = fresh()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for part in pool.map(lambda start: _part(descriptor, start, fresh()), starts):
                whole.update(part)
    return str(whole.hexdigest())


def _part(descriptor: int, start: int, found: Any) -> bytes:
    end = start + _PART
    while start < end and (chunk := os.pread(descriptor, min(_CHUNK, end - start), start)):
        found.update(chunk)
        start += len(chunk)
    return bytes(found.digest())


def _seconds(name: str) -> float:
    """Processor time of hashing some megabytes: a busy machine does not turn the choice."""
    found, content, start = _HASHES[name](), bytes(_CHUNK), time.thread_time()
    for _ in range(4):
        found.update(content)
    return time.thread_time() - start


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a file by a JSON object in one atomic step, on disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2, default=str) + b"\n")
    sync(fresh)
    os.replace(fresh, path)
    sync(path.parent)


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it holds anything else.
    """
    found = orjson.loads(path.read_bytes())
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Hashing:
    """A readable file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hasher()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._file.read(size)
        self._hash.update(chunk)
        return chunk

    def digest(self) -> str:
        """Hash of what was read so far, as hex."""
        return self._hash.hexdigest()
