"""Looking for causes among records that are given as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from issuemine.causes.candidates import Candidate
from issuemine.causes.sentences import basis, nothing, refutation, sentence
from issuemine.config import CausesSettings

SAID = "said_"
"""What the names of attributes that texts name begin with."""

DEFAULT_STRATIFIER = "language"
"""Topics live in the space of a language, so every attribute that goes with a language would stand out."""


def telling(names: Sequence[str], settings: CausesSettings) -> list[str]:
    """The attributes to look at: not the one that records are compared within."""
    return [name for name in names if name != stratifier(settings)]


def stratifier(settings: CausesSettings) -> str:
    """The attribute within whose values a topic's records are compared."""
    return settings.stratifier or DEFAULT_STRATIFIER


def strata(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """A number for each value of the stratifier; missing is a stratum of its own."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    encoded = column.cast(pa.string()).fill_null("").combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def told(candidates: Sequence[Candidate], against: Literal["others", "past"]) -> dict[str, Any]:
    """Candidates with their sentences, and what to bear in mind."""
    return {
        "candidates": [
            asdict(candidate) | {"sentence": sentence(candidate, against), "basis": basis(candidate)}
            for candidate in candidates
        ],
        "message": refutation() if candidates else nothing(),
    }


def filterable(attributes: Mapping[str, str], fields: Sequence[str]) -> list[tuple[str, str]] | None:
    """A combination as parameters that filter records, None if a value is missing, pooled or a bin.

    Parameters
    ----------
    attributes : mapping
        The combination.
    fields : sequence of str
        Fields of records that are parameters themselves.
    """
    if any(value.startswith("(") or " – " in value for value in attributes.values()) or any(
        name.startswith(SAID) for name in attributes
    ):
        return None
    return [
        (name, value) if name in fields else ("attribute", f"{name}:{value}")
        for name, value in attributes.items()
    ]
