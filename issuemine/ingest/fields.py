"""Columns of any type to the types of a record; what cannot be read is null and told by a mask."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.records import COUNT_FIELDS, SCORE_FIELDS, Kind

Mask = npt.NDArray[np.bool_]

_NOTHING = pa.array(["", "n/a", "na", "nan", "null", "none", "nil", "-", "--", "#n/a", "없음", "해당없음"])
_NUMBER = (
    r"^(?P<n>[+-]?(?:\d+(?:[.,]\d+)?|[.]\d+)(?:[eE][+-]?\d{1,2})?)"
    r"\s*(?:/\s*\d+|%|점|개|회|(?i:stars?|points?|out of \d+))?$"
)
_STARS = r"^★+☆*$"
_RANGES = {"nps": (0.0, 10.0), **dict.fromkeys(COUNT_FIELDS, (0.0, 1e9))}
_SCORE_RANGE = (0.0, 100.0)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
_LANGUAGE_NAMES = {"english": "en", "korean": "ko", "영어": "en", "한국어": "ko", "kor": "ko", "eng": "en"}
_KIND_NAMES = {"call": "chat", "reviews": "review", "tickets": "ticket", "surveys": "survey", "chats": "chat"}
_SEPARATORS = re.compile(r"[,;|]")


def as_text(values: pa.Array) -> pa.Array:
    """Any column as strings: whole floats without ``.0``, lists joined by ``|``, NaN as null."""
    kind = values.type
    if pa.types.is_string(kind):
        return values
    if pa.types.is_dictionary(kind):
        return as_text(pc.cast(values, kind.value_type))
    if pa.types.is_floating(kind):
        values = pc.cast(values, pa.float64())
        values = pc.if_else(pc.is_finite(values), values, None)
        whole = pc.all(pc.and_(pc.equal(values, pc.round(values)), pc.less(pc.abs(values), 2.0**53))).as_py()
        return pc.cast(pc.cast(values, pa.int64()) if whole is not False else values, pa.string())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        lists = pa.ListArray.from_arrays(
            pc.cast(values.offsets, pa.int32()), as_text(values.values), mask=pc.is_null(values)
        )
        return pc.binary_join(lists, "|")
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        # As UTC: to write local times Arrow would need a zone database of the system.
        values = pc.cast(pc.cast(values, pa.int64()), pa.timestamp(kind.unit))
    return pc.cast(values, pa.string())


def is_plain(kind: pa.DataType) -> bool:
    """Whether a column of this type can be told as text: no bytes, maps or nested lists."""
    if pa.types.is_dictionary(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return not pa.types.is_nested(kind.value_type) and is_plain(kind.value_type)
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def plain(values: pa.Array) -> pa.Array:
    """A dictionary-encoded column decoded; any other as it is."""
    return pc.cast(values, values.type.value_type) if pa.types.is_dictionary(values.type) else values


def is_blank(text: pa.Array) -> Mask:
    """Where text is null or nothing but space."""
    return np.asarray(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(text), ""), True))


def holds(text: pa.Array, part: str) -> Mask:
    """Where text holds a part."""
    return np.asarray(pc.fill_null(pc.match_substring(text, part), False))


def trimmed(values: pa.Array) -> pa.Array:
    """Text without surrounding space; blank is null."""
    text = pc.utf8_trim_whitespace(as_text(values))
    return pc.if_else(pc.equal(text, ""), None, text)


def optional(values: pa.Array) -> pa.Array:
    """Like `trimmed`, with the usual signs for "nothing" (n/a, null, -, 없음) as null too."""
    text = trimmed(values)
    return pc.if_else(pc.is_in(pc.utf8_lower(text), _NOTHING), None, text)


def numbers(values: pa.Array, field: str) -> tuple[pa.Array, Mask]:
    """Read scores and counts: ``4``, ``4.5``, ``4,5``, ``4/5``, ``80 %``, ``5점``, ``★★★★☆``.

    Parameters
    ----------
    values : pyarrow.Array, length n
        Text or numbers.
    field : str
        A score or count of the record: it sets the range (nps 0 to 10, other scores 0 to 100, counts whole
        and not negative).

    Returns
    -------
    values : pyarrow.Array of float64 (scores) or int32 (counts), length n
    bad : ndarray of bool, shape (n,)
        Values that are there but cannot be read or are out of range.
    """
    text = optional(values)
    stars = pc.fill_null(pc.match_substring_regex(text, _STARS), False)
    text = pc.if_else(stars, pc.cast(pc.count_substring(text, "★"), pa.string()), text)
    found = pc.struct_field(pc.extract_regex(text, _NUMBER), "n")
    number = pc.cast(pc.replace_substring(found, ",", "."), pa.float64())
    low, high = _RANGES.get(field, _SCORE_RANGE)
    fits = pc.and_(pc.greater_equal(number, low), pc.less_equal(number, high))
    if field not in SCORE_FIELDS:
        fits = pc.and_(fits, pc.equal(number, pc.floor(number)))
    number = pc.if_else(pc.fill_null(fits, False), number, None)
    bad = np.asarray(pc.and_(pc.is_valid(text), pc.is_null(number)))
    return (number if field in SCORE_FIELDS else pc.cast(number, pa.int32())), bad


def kinds(values: pa.Array) -> tuple[pa.Array, Mask]:
    """Kinds of records by name, whatever the case; and which values are none."""
    known = {kind.value: kind.value for kind in Kind} | _KIND_NAMES
    return _looked_up(values, lambda text: known.get(text.lower()))


def languages(values: pa.Array) -> tuple[pa.Array, Mask]:
    """ISO 639 codes: ``en-US`` and ``English`` are ``en``; and which values are none."""

    def code(text: str) -> str | None:
        low = text.lower()
        if low in _LANGUAGE_NAMES:
            return _LANGUAGE_NAMES[low]
        match = _LANGUAGE.fullmatch(low)
        return match and match[1]

    return _looked_up(values, code)


def tags(values: pa.Array) -> pa.Array:
    """Lists of tags, split at commas, semicolons and bars; each once, in the order given."""
    coded = pc.dictionary_encode(optional(values))
    lists = [
        list(dict.fromkeys(tag for part in _SEPARATORS.split(text) if (tag := part.strip())))
        for text in coded.dictionary.to_pylist()
    ]
    return pc.take(pa.array(lists, pa.list_(pa.string())), coded.indices)


def attributes(columns: dict[str, pa.Array], n_rows: int) -> pa.Array:
    """One map a row from the names of further columns to their values; blank cells are left out."""
    if not columns or not n_rows:
        return pa.array([[]] * n_rows, pa.map_(pa.string(), pa.string()))
    texts = [trimmed(values) for values in columns.values()]
    filled = np.column_stack([np.asarray(pc.is_valid(text)) for text in texts])
    row, column = np.nonzero(filled)
    offsets = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    items = pc.take(pa.concat_arrays(texts), pa.array(column * n_rows + row))
    keys = pc.take(pa.array(list(columns), pa.string()), pa.array(column))
    return pa.MapArray.from_arrays(pa.array(offsets, pa.int32()), keys, items)


def _looked_up(values: pa.Array, meaning: Callable[[str], str | None]) -> tuple[pa.Array, Mask]:
    coded = pc.dictionary_encode(optional(values))
    known = pa.array([meaning(text) for text in coded.dictionary.to_pylist()], pa.string())
    result = pc.take(known, coded.indices)
    return result, np.asarray(pc.and_(pc.is_valid(coded), pc.is_null(result)))
