"""Attributes as small numbers: missing and rare values named, numbers in bins, restated attributes once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.causes.cells import Cell
from issuemine.config import CausesSettings

MISSING = "(missing)"
OTHER = "(other)"
_BINNED_ABOVE = 20
"""A numeric attribute with more values than this is cut into bins."""

Codes = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute and its values; a value's code is its place."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Coded:
    """Attributes as codes.

    Attributes
    ----------
    attributes : tuple of Attribute
        Attributes with at least two values, without those that restate another one.
    codes : tuple of array of uint16, shape (n_rows,)
        Code of each row's value, by attribute.
    copies : dict
        By number of the attribute: attributes left out because they restate it, with the value there for each
        of its codes.
    """

    attributes: tuple[Attribute, ...]
    codes: tuple[Codes, ...]
    copies: dict[int, tuple[Attribute, ...]]

    def named(self, cell: Cell) -> dict[str, str]:
        """A combination in words."""
        return {
            self.attributes[number].name: self.attributes[number].values[code]
            for number, code in cell.items()
        }

    def restated(self, cell: Cell) -> dict[str, str]:
        """What attributes that were left out say of a combination."""
        return {
            copy.name: copy.values[code]
            for number, code in cell.items()
            for copy in self.copies.get(number, ())
        }


def encode(
    columns: Mapping[str, pa.ChunkedArray], weights: npt.NDArray[np.float64], settings: CausesSettings
) -> Coded:
    """Turn attributes into codes.

    Parameters
    ----------
    columns : mapping
        Attribute to column; text, numbers, booleans, dates. Empty text and null are the value ``(missing)``.
    weights : array of float, shape (n_rows,)
        Records that each row stands for.
    settings : CausesSettings
        ``max_values`` and ``bins``.
    """
    found = [_coded(name, column, weights, settings) for name, column in columns.items()]
    telling = [(attribute, codes) for attribute, codes in found if len(attribute.values) > 1]
    kept: list[tuple[Attribute, Codes]] = []
    copies: dict[int, tuple[Attribute, ...]] = {}
    for attribute, codes in telling:
        for number, (other, other_codes) in enumerate(kept):
            if (image := _restates(other, other_codes, attribute, codes)) is not None:
                values = tuple(attribute.values[code] for code in image)
                copies[number] = (*copies.get(number, ()), Attribute(attribute.name, values))
                break
        else:
            kept.append((attribute, codes))
    return Coded(tuple(attribute for attribute, _ in kept), tuple(codes for _, codes in kept), copies)


def _coded(
    name: str, column: pa.ChunkedArray, weights: npt.NDArray[np.float64], settings: CausesSettings
) -> tuple[Attribute, Codes]:
    numeric = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
    if numeric and pc.count_distinct(column).as_py() > _BINNED_ABOVE:
        return _binned(name, column, settings.bins)
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # combine_chunks of an empty column
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else whole.type.wrap_array(pa.array([]))
    values = [str(value) if value not in (None, "") else MISSING for value in whole.dictionary.to_pylist()]
    indices = whole.indices.fill_null(len(values)).to_numpy(zero_copy_only=False).astype(np.int64)
    return _pooled(name, [*values, MISSING], indices, weights, settings.max_values)


def _pooled(
    name: str,
    values: Sequence[str],
    indices: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
    most: int,
) -> tuple[Attribute, Codes]:
    """Codes in alphabetical order of the values; beyond the ``most`` commonest they are one value."""
    totals: dict[str, float] = {}
    seen = np.bincount(indices, minlength=len(values))
    for value, weight, rows in zip(values, np.bincount(indices, weights, len(values)), seen, strict=True):
        if rows:
            totals[value] = totals.get(value, 0.0) + float(weight)
    common = sorted(totals, key=lambda value: (-totals[value], value))
    kept = common if len(common) <= most else common[: most - 1]
    names = sorted(kept) + ([OTHER] if len(common) > most else [])
    code_of = {value: code for code, value in enumerate(names)}
    rest = max(len(names) - 1, 0)
    mapping = np.array([code_of.get(value, rest) for value in values], dtype=np.uint16)
    return Attribute(name, tuple(names)), mapping[indices]


def _binned(name: str, column: pa.ChunkedArray, bins: int) -> tuple[Attribute, Codes]:
    """Bins that hold about equally many rows; values that are no number are missing."""
    numbers = column.cast(pa.float64()).fill_null(np.nan).to_numpy()
    known = np.isfinite(numbers)
    edges = np.unique(np.quantile(numbers[known], np.linspace(0, 1, bins + 1)))
    codes = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, max(len(edges) - 2, 0))
    shown = [f"{edge:.6g}" for edge in edges]
    values = [f"{low} – {high}" for low, high in pairwise(shown)]
    if not known.all():
        codes = np.where(known, codes, len(values))
        values.append(MISSING)
    return Attribute(name, tuple(values)), codes.astype(np.uint16)


def _restates(
    one: Attribute, one_codes: Codes, other: Attribute, other_codes: Codes
) -> npt.NDArray[np.int64] | None:
    """Code of the other attribute for each of one's codes if each tells the other, else None."""
    width = len(other.values)
    if len(one.values) != width:
        return None
    # Two thousand rows tell most attributes apart without a look at the rest.
    for rows in (slice(2_000), slice(None)):
        pairs = np.unique(one_codes[rows].astype(np.int64) * width + other_codes[rows])
        if len(np.unique(pairs // width)) != len(pairs) or len(np.unique(pairs % width)) != len(pairs):
            return None
    return pairs % width if len(pairs) == width else None
