"""Dates and times as exports write them, to UTC: columns at a time."""

from __future__ import annotations

import calendar
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.ingest.clocks import ZONE_NAMES, offset_minutes, to_utc, zone
from issuemine.ingest.odd_dates import read_odd

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
TIME = pa.timestamp("us", tz="UTC")

_HALF = r"오전|오후|[AaPp]\.?[Mm]\.?"
_CLOCK = (
    rf"(?:(?:[T\s,]|at\s)*(?P<ap1>{_HALF})?\s*(?P<h>\d{{1,2}})\s?[:시]\s?(?:(?P<mi>\d{{1,2}})\s?분?)?"
    rf"(?:[:\s]\s?(?P<s>\d{{1,2}})\s?초?(?:[.,](?P<f>\d{{1,9}}))?)?\s*(?P<ap2>{_HALF})?)?"
    rf"\s*(?P<z>(?i:{'|'.join(ZONE_NAMES)})|(?i:UTC|GMT)?[+-]\d{{1,2}}(?::?\d\d)?)?"
    r"(?:\s*\([A-Za-z ]+\))?$"
)
_WEEKDAY = r"(?:[A-Za-z]{3,9}\.?,?\s+)?"
_NUMERIC = (
    r"^(?P<a>\d{1,4})\s?(?P<sep>[-/.년])\s*(?P<b>\d{1,2})\s?[-/.월]\s*(?P<c>\d{1,4})\s?[.일]?"
    r"(?:\s*\(?[월화수목금토일](?:요일)?\)?)?" + _CLOCK
)
_NAMED = (
    rf"^{_WEEKDAY}(?P<c>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<b>[A-Za-z]{{3,9}})\.?,?[\s-]+(?P<a>\d{{4}}|\d\d)"
    + _CLOCK,
    rf"^{_WEEKDAY}(?P<b>[A-Za-z]{{3,9}})\.?\s+(?P<c>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<a>\d{{4}})" + _CLOCK,
)
_COMPACT = (
    r"^(?P<a>\d{4})(?P<sep>)(?P<b>\d\d)(?P<c>\d\d)(?P<ap1>)(?P<ap2>)"
    r"(?:[T\s]?(?P<h>\d\d)(?P<mi>\d\d)(?:(?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?)?(?P<z>Z|[+-]\d\d(?::?\d\d)?)?$"
)
_MONTHS = tuple(month.lower() for month in calendar.month_name[1:])
_MONTH_NAMES = pa.array([*_MONTHS, *(month[:3] for month in _MONTHS), "sept"])
_MONTH_OF_NAME = np.array([*range(1, 13), *range(1, 13), 9, 0])
_DUBIOUS = r"^\s*\d{1,2}\s?[-/.]\s*\d{1,2}\s?[-/.]\s*\d{1,4}(?:\D|$)"
_EPOCH = r"^(\d{9,10}|\d{13}|\d{16}|\d{19})(?:\.\d*)?$"
_EARLIEST, _LATEST = np.datetime64("1900-01-01"), np.datetime64("2200-01-01")


def parse_times(values: pa.Array, order: str, timezone: str) -> pa.Array:
    """Read a column of dates or times.

    Understood are ISO 8601; numbers with year, month and day in `order` (a four-digit year in front always
    means year, month, day); English month names; Korean forms such as ``2021. 2. 23. 오후 3:05``; seconds,
    milliseconds, microseconds or nanoseconds since 1970 by their number of digits. A date alone is its
    midnight.

    Parameters
    ----------
    values : pyarrow.Array, length n
        Text, integers, floats or Arrow dates and times.
    order : {"ymd", "dmy", "mdy"}
        Order of numbers whose year does not come first.
    timezone : str
        IANA zone of times that carry none.

    Returns
    -------
    pyarrow.TimestampArray, length n
        UTC, microseconds; null where a value is missing, unreadable or outside 1900 to 2199.
    """
    if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
        return _from_typed(values, timezone)
    if pa.types.is_floating(values.type):
        values = pc.cast(pc.floor(values), pa.int64(), safe=False)
    values = pc.cast(values, pa.string())
    distinct = pc.dictionary_encode(values)
    parsed = _parse_distinct(pc.utf8_trim_whitespace(distinct.dictionary), order, timezone)
    return pc.take(parsed, distinct.indices)


def dubious(values: pa.Array) -> pa.Array:
    """Whether each text is a date in numbers whose order is not told by a four-digit year in front."""
    return pc.match_substring_regex(values, _DUBIOUS)


def _from_typed(values: pa.Array, timezone: str) -> pa.Array:
    aware = pa.types.is_timestamp(values.type) and values.type.tz is not None
    times = pc.cast(pc.cast(values, pa.timestamp("us", tz="UTC" if aware else None), safe=False), pa.int64())
    mask = np.asarray(pc.is_null(times))
    instants = np.asarray(pc.fill_null(times, 0))
    return _finish(instants if aware else to_utc(instants, timezone), ~mask)


def _parse_distinct(texts: pa.Array, order: str, timezone: str) -> pa.Array:
    zone(timezone)
    instants = np.zeros(len(texts), dtype=np.int64)
    good = np.zeros(len(texts), dtype=bool)
    left = np.asarray(pc.fill_null(pc.greater(pc.utf8_length(texts), 0), False))
    forms = [(_NUMERIC, order), (_COMPACT, "ymd"), *((pattern, "named") for pattern in _NAMED)]
    for pattern, how in forms:
        at = np.flatnonzero(left)
        if not len(at):
            break
        parts = pc.extract_regex(pc.take(texts, pa.array(at)), pattern)
        hit = np.asarray(pc.is_valid(parts))
        parts, at = parts.filter(pa.array(hit)), at[hit]
        left[at] = False  # a date of this form with impossible numbers is no date of another form
        instants[at], good[at] = _from_parts(parts, how, timezone)
    at = np.flatnonzero(left)
    if len(at):
        rest = pc.take(texts, pa.array(at))
        instants[at], good[at] = _from_epoch(rest)
        for position in at[~good[at]].tolist():
            odd = read_odd(texts[position].as_py())
            if odd is not None:
                micros, naive = odd
                instants[position] = to_utc(np.array([micros]), timezone)[0] if naive else micros
                good[position] = True
    return _finish(instants, good)


def _finish(instants: npt.NDArray[np.int64], good: npt.NDArray[np.bool_]) -> pa.Array:
    times = instants.astype("datetime64[us]")
    good = good & (times >= _EARLIEST) & (times < _LATEST)
    return pc.cast(pa.array(instants, pa.int64(), mask=~good), TIME)


def _from_parts(
    parts: pa.StructArray, how: str, timezone: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Microseconds since 1970 UTC, and which of them are real moments."""
    if how == "named":
        names = pc.utf8_lower(pc.struct_field(parts, "b"))
        month = _MONTH_OF_NAME[np.asarray(pc.fill_null(pc.index_in(names, _MONTH_NAMES), -1))]
        year, day = _number(parts, "a"), _number(parts, "c")
        digits = _length(parts, "a")
    else:
        year, month, day, digits = _arranged(parts, how)
    year = np.where(digits <= 2, np.where(year >= 69, 1900, 2000) + year, year)
    half = pc.utf8_lower(
        pc.binary_join_element_wise(*(pc.struct_field(parts, k) for k in ("ap1", "ap2")), "")
    )
    late = np.asarray(pc.match_substring_regex(half, "^(?:오후|p)"))
    early = np.asarray(pc.match_substring_regex(half, "^(?:오전|a)"))
    hour = _number(parts, "h")
    hour = np.where(late & (hour < 12), hour + 12, np.where(early & (hour == 12), 0, hour))
    minute, second = _number(parts, "mi"), _number(parts, "s")
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.struct_field(parts, "f"), 6, "0"), 0, 6)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    good = (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    good &= (hour < 24) & (minute < 60) & (second < 60) & (year >= 1900) & (year < 2200) & (digits != 3)
    local = days.astype(np.int64) * 86_400 + hour * 3_600 + minute * 60 + second
    local = np.where(good, local * 1_000_000 + np.asarray(pc.cast(fraction, pa.int64())), 0)
    zones = pc.dictionary_encode(pc.struct_field(parts, "z"))
    names = zones.dictionary.to_pylist()
    minutes = np.array([offset_minutes(name) if name else 0 for name in names], dtype=np.int64)
    naive = np.array([not name for name in names], dtype=bool)
    where = np.asarray(zones.indices)
    if not len(where):
        return local, good
    return np.where(naive[where], to_utc(local, timezone), local - minutes[where] * 60_000_000), good


def _arranged(parts: pa.StructArray, order: str) -> tuple[npt.NDArray[np.int64], ...]:
    """Year, month, day and the number of digits of the year."""
    a, b, c = (_number(parts, name) for name in "abc")
    first, last = _length(parts, "a"), _length(parts, "c")
    leading = (first > 2) | np.asarray(pc.equal(pc.struct_field(parts, "sep"), "년"))
    if order == "ymd":
        # Nothing says that a trailing year goes with this order: digits of 3 mark it as unreadable.
        return a, b, c, np.where(last > 2, 3, first)
    month, day = (b, a) if order == "dmy" else (a, b)
    digits = np.where(leading, np.where(last > 2, 3, first), np.where(first > 2, 3, last))
    return np.where(leading, a, c), np.where(leading, b, month), np.where(leading, c, day), digits


def _from_epoch(texts: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    digits = pc.struct_field(pc.extract_regex(texts, _EPOCH.replace("(", "(?P<n>", 1)), "n")
    good = np.asarray(pc.is_valid(digits))
    length = np.asarray(pc.fill_null(pc.utf8_length(digits), 0))
    number = np.asarray(pc.fill_null(pc.cast(digits, pa.uint64()), 0)).astype(np.float64)
    exact = np.asarray(pc.fill_null(pc.cast(digits, pa.uint64()), 0)).astype(np.int64)
    good = good & (number < 2**63)
    return np.where(
        length <= 10,
        exact * 1_000_000,
        np.where(length == 13, exact * 1_000, np.where(length == 16, exact, exact // 1_000)),
    ), good


def _number(parts: pa.StructArray, name: str) -> npt.NDArray[np.int64]:
    text = pc.struct_field(parts, name)
    return np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), "0", text), pa.int64()))


def _length(parts: pa.StructArray, name: str) -> npt.NDArray[np.int64]:
    return np.asarray(pc.utf8_length(pc.struct_field(parts, name))).astype(np.int64)
