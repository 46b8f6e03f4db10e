"""The vectors of one space in files that are only ever appended to, compared with a query in stages.

A vector is kept as 8-bit whole numbers, as the signs of its coordinates after a random rotation, and with the
number of the centre that it is nearest to: one of the first rows, which are as good as drawn by lot. A query
is compared with the centres, by the signs with what lies in the lists of the nearest ones (an inverted file),
and by the 8-bit form, whose cosine differs from the exact one by about a thousandth, with what is left.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from issuemine.errors import SearchError
from issuemine.messages import say
from issuemine.reasons import failed

Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

_EXACT = 16_384
"""Vectors that are all compared by their 8-bit form."""
_LOOKED_AT = 1_000
"""Vectors that the signs leave to the 8-bit form; more where more are asked for."""
_CENTRES, _PROBED = 1_024, 10
"""Most centres, and how many times fewer vectors than there are, at most, the lists looked into hold."""
_BLOCK, _CHUNK = 8_192, 1 << 20


def rows_file(stem: Path) -> Path:
    """File of the 8-bit vectors, a row each."""
    return stem.with_name(stem.name + ".rows")


def signs_file(stem: Path) -> Path:
    """File of the signs."""
    return stem.with_name(stem.name + ".signs")


def lists_file(stem: Path) -> Path:
    """File of the numbers of the nearest centres."""
    return stem.with_name(stem.name + ".lists")


@dataclass(frozen=True)
class Part:
    """A stretch of rows that one night appended: its first row, their number and the hash of their bytes."""

    first: int
    rows: int
    blake2b: str


def append(stem: Path, first: int, vectors: Matrix, centres: int = _CENTRES) -> Part:
    """Write vectors after the first rows of a space's files; what lay behind these is dropped.

    A night that was cut off may have left rows that nothing tells of.

    Parameters
    ----------
    stem : Path
        The files' path without their ending; made when missing.
    first : int
        Rows that stay.
    vectors : ndarray of float32, shape ``(n, dim)``
        Unit length, or zero.
    centres : int, default 1,024
        Rows of the first part, of which as many as there are at most become centres.

    Raises
    ------
    SearchError
        If the files cannot be written, or hold less than the rows that are to stay.
    """
    rows, signs = quantised(vectors), sign_words(vectors)
    centres = min(_CENTRES, centres, first or len(rows))
    known = _mapped(rows_file(stem), centres, vectors.shape[1], rows.dtype) if first else rows[:centres]
    lists = _nearest_centres(vectors, known)[:, None]
    hashed = hashlib.blake2b(digest_size=16)
    for path, content in ((rows_file(stem), rows), (signs_file(stem), signs), (lists_file(stem), lists)):
        try:
            _write(path, first * content.shape[1] * content.itemsize, content)
        except OSError as error:
            raise SearchError(
                say(
                    "The vectors of the search cannot be written to {path}: {error}.",
                    path=path,
                    error=failed(error),
                ),
                say("Check the folder and its free space."),
            ) from error
        hashed.update(np.ascontiguousarray(content).data)
    return Part(first, len(vectors), hashed.hexdigest())


def _write(path: Path, start: int, content: npt.NDArray[np.generic]) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        if os.fstat(descriptor).st_size < start:
            raise OSError(0, say("it is shorter than it was"))
        file.truncate(start)
        file.seek(start)
        file.write(np.ascontiguousarray(content).data)
        file.flush()
        os.fsync(descriptor)


def quantised(vectors: Matrix) -> npt.NDArray[np.int8]:
    """Vectors as whole numbers from -127 to 127, each scaled by its largest coordinate.

    The scale is not kept: the vectors were of unit length, so their own length in whole numbers tells it.
    """
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    return np.rint(vectors * (127 / np.where(largest > 0, largest, 1))).astype(np.int8)


def sign_words(vectors: Matrix) -> npt.NDArray[np.uint64]:
    """Signs of the rotated coordinates, 64 a word; shape ``(n, ceil(dim / 64))``."""
    dim = vectors.shape[1]
    words = -(-dim // 64)
    signs = np.zeros((len(vectors), words * 64), dtype=bool)
    signs[:, :dim] = vectors @ _rotation(dim) > 0
    return np.packbits(signs, axis=1, bitorder="little").view("<u8")


@lru_cache(maxsize=8)
def _rotation(dim: int) -> Matrix:
    """A random orthogonal matrix, the same on every machine up to rounding; ``(dim, dim)``.

    After it, no coordinate says more than another, so that each sign is worth as much (Charikar, STOC 2002).
    """
    drawn = np.random.default_rng(dim).normal(size=(dim, dim))
    return np.linalg.qr(drawn)[0].astype(np.float32)


class SpaceVectors:
    """The first rows of a space's files, open for comparing.

    Parameters
    ----------
    stem : Path
        The files' path without their ending.
    dim : int
        Length of a vector.
    rows : int
        Rows that count; what was appended later is not looked at.
    centres : int, default 1,024
        As when the rows were appended.

    Raises
    ------
    SearchError
        If a file is missing or too short.
    """

    def __init__(self, stem: Path, dim: int, rows: int, centres: int = _CENTRES) -> None:
        self.rows = rows
        self._vectors = _mapped(rows_file(stem), rows, dim, np.dtype(np.int8))
        signs = _mapped(signs_file(stem), rows, -(-dim // 64), np.dtype("<u8"))
        lists = _mapped(lists_file(stem), rows, 1, np.dtype("<u2"))[:, 0]
        self._lists = np.asarray(lists) if rows > _EXACT else None
        if self._lists is not None:
            self._centres = _unit(self._vectors[: min(_CENTRES, centres, rows)])
            # List after list, and a word of all vectors in a row: comparing then follows memory's order.
            self._order = np.argsort(self._lists, kind="stable").astype(np.int32)
            self._starts = np.searchsorted(self._lists[self._order], np.arange(len(self._centres) + 1))
            self._signs = np.ascontiguousarray(signs[self._order].T)

    def nearest(self, query: Matrix, count: int, among: Places | None = None) -> tuple[Places, Matrix]:
        """Rows whose cosine to a query is highest.

        Parameters
        ----------
        query : ndarray of float32, shape ``(dim,)``
            Unit length.
        count : int
            Most rows given.
        among : ndarray of int, optional
            Rows that may be given, ascending; default: all.

        Returns
        -------
        tuple of ndarray
            Rows and their cosines, the highest first; where vectors are equal, the lowest row first.
        """
        rows = np.arange(self.rows) if among is None else among
        if self._lists is not None and len(rows) > _EXACT:
            rows = self._likely(query, max(_LOOKED_AT, 10 * count), among)
        cosines = _unit(self._vectors[rows]) @ query
        best = np.argsort(-cosines, kind="stable")[:count]
        return rows[best], cosines[best]

    def _likely(self, query: Matrix, count: int, among: Places | None) -> Places:
        """Rows, ascending, whose signs differ least from the query's, of the lists of the nearest centres.

        As many lists as hold enough of the rows that may be given, so that filters leave no answer short.
        """
        assert self._lists is not None  # noqa: S101 - there are enough rows
        sizes = np.diff(self._starts)
        allowed = None
        if among is not None:
            sizes = np.bincount(self._lists[among], minlength=len(sizes))
            allowed = np.zeros(self.rows, dtype=bool)
            allowed[among] = True
        near = np.argsort(-(self._centres @ query), kind="stable")
        enough = np.searchsorted(np.cumsum(sizes[near]), max(sizes.sum() // _PROBED, 4 * count)) + 1
        ranges = [(self._starts[at], self._starts[at + 1]) for at in near[:enough]]
        rows = np.concatenate([self._order[start:end] for start, end in ranges])
        signs = np.concatenate([self._signs[:, start:end] for start, end in ranges], axis=1)
        if allowed is not None:
            rows, signs = rows[allowed[rows]], signs[:, allowed[rows]]
        found = _least(_differing(signs, sign_words(query[None, :])[0]), count)
        return np.sort(rows[found]).astype(np.int64)


def _unit(rows: npt.NDArray[np.int8]) -> Matrix:
    """Rows of whole numbers at unit length; zero stays zero."""
    found = rows.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", found, found))[:, None]
    return np.divide(found, np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _nearest_centres(vectors: Matrix, centres: npt.NDArray[np.int8]) -> npt.NDArray[np.uint16]:
    """Number of the centre of the highest cosine for each vector."""
    found, across = np.zeros(len(vectors), dtype="<u2"), _unit(centres).T
    for start in range(0, len(vectors) if across.shape[1] else 0, _BLOCK):
        found[start : start + _BLOCK] = (vectors[start : start + _BLOCK] @ across).argmax(axis=1)
    return found


def is_sound(stem: Path, dim: int, parts: Sequence[Part]) -> bool:
    """Whether the files hold what nights appended, byte for byte."""
    try:
        with (
            rows_file(stem).open("rb") as rows,
            signs_file(stem).open("rb") as signs,
            lists_file(stem).open("rb") as lists,
        ):
            files = ((rows, dim), (signs, 8 * -(-dim // 64)), (lists, 2))
            return all(_hash(part, *files) == part.blake2b for part in parts)
    except OSError:
        return False


def _hash(part: Part, *files: tuple[BinaryIO, int]) -> str:
    hashed = hashlib.blake2b(digest_size=16)
    for file, width in files:
        file.seek(part.first * width)
        left = part.rows * width
        while left and (chunk := file.read(min(_CHUNK, left))):
            hashed.update(chunk)
            left -= len(chunk)
    return hashed.hexdigest()


def _mapped(path: Path, rows: int, width: int, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """The first rows of a file, read when they are looked at."""
    if not rows:
        return np.empty((0, width), dtype=kind)
    try:
        return np.memmap(path, dtype=kind, mode="r", shape=(rows, width))
    except (OSError, ValueError) as error:
        raise SearchError(
            say("The vectors of the search, {path}, are missing or cut off.", path=path),
            say("The next run makes them again; searching by words goes on."),
        ) from error


def _differing(signs: npt.NDArray[np.uint64], asked: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """Number of signs in which each column differs from the query."""
    found = np.zeros(signs.shape[1], dtype=np.uint16)
    for word, of_query in zip(signs, asked, strict=True):
        found += np.bitwise_count(word ^ of_query)
    return found


def _least(distances: npt.NDArray[np.uint16], count: int) -> Places:
    """Where the least distances stand, at least ``count`` of them if there are so many, in order."""
    if count >= len(distances):
        return np.arange(len(distances))
    up_to = np.cumsum(np.bincount(distances))
    return np.flatnonzero(distances <= np.searchsorted(up_to, count))
