"""The file that a fitted lexical encoder is kept in: arrays and JSON, nothing that runs."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

from issuemine.errors import EmbedError
from issuemine.messages import say
from issuemine.reasons import failed

_FORMAT = "issuemine lexical encoder 1"
_ARRAYS = ("weights", "word_vectors", "gram_vectors")


@dataclass(frozen=True, slots=True)
class Learned:
    """What a lexical encoder learned.

    Attributes
    ----------
    words, grams : list of str
        Sorted.
    weights : ndarray of float32, shape (n_words,)
        Inverse document frequency of each word; ``unseen_weight`` is that of a word never seen.
    word_vectors : ndarray of float16, shape (n_words, dim)
        Of a word and its n-grams together, not weighted.
    gram_vectors : ndarray of float16, shape (n_grams, dim)
        Of each n-gram; what words never seen are made of.
    revision : str
        Hash of corpus and recipe.
    """

    words: list[str]
    weights: npt.NDArray[np.float32]
    unseen_weight: float
    word_vectors: npt.NDArray[np.float16]
    grams: list[str]
    gram_vectors: npt.NDArray[np.float16]
    revision: str


def write(path: Path, learned: Learned, parameters: dict[str, float]) -> None:
    """Write a file; it is complete or not there.

    Raises
    ------
    EmbedError
        If it cannot be written.
    """
    arrays = {name: getattr(learned, name) for name in _ARRAYS}
    head = {
        "format": _FORMAT,
        "parameters": parameters,
        "words": learned.words,
        "grams": learned.grams,
        "unseen_weight": learned.unseen_weight,
        "revision": learned.revision,
        "checksum": _checksum(arrays),
    }
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            np.savez(file, head=np.frombuffer(orjson.dumps(head), dtype=np.uint8), **arrays)
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EmbedError(
            say("The lexical encoder cannot be written to {path}: {error}.", path=path, error=failed(error)),
            say("Check the folder and its free space."),
        ) from error


def read(path: Path) -> tuple[Learned, dict[str, float]]:
    """Read a file that :func:`write` made: what was learned and the encoder's parameters.

    Raises
    ------
    EmbedError
        If it is missing, damaged or of another kind.
    """
    hint = say("Fit the encoder again.")
    try:
        with np.load(path, allow_pickle=False) as file:
            head = orjson.loads(file["head"].tobytes())
            arrays = {name: file[name] for name in _ARRAYS}
        if head["format"] != _FORMAT or head["checksum"] != _checksum(arrays):
            raise ValueError(say("its content does not fit its checksum"))
        learned = Learned(
            words=head["words"],
            grams=head["grams"],
            unseen_weight=head["unseen_weight"],
            revision=head["revision"],
            **arrays,
        )
        return learned, head["parameters"]
    except OSError as error:
        raise EmbedError(
            say("There is no lexical encoder in {path}: {error}.", path=path, error=failed(error)), hint
        ) from error
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise EmbedError(
            say("The lexical encoder in {path} is damaged: {error}.", path=path, error=error), hint
        ) from error


def _checksum(arrays: dict[str, npt.NDArray[np.generic]]) -> str:
    hashed = hashlib.blake2b(digest_size=16)
    for name in _ARRAYS:
        hashed.update(f"{name} {arrays[name].shape}".encode())
        hashed.update(np.ascontiguousarray(arrays[name]).tobytes())
    return hashed.hexdigest()
