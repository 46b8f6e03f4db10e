"""What counts are out of, told by people: active users, orders or visits a day, from a CSV."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from issuemine.errors import SettingsError
from issuemine.messages import say

Floats = NDArray[np.float64]
Told = Mapping[tuple[str | None, date], float]
"""Value of a source and day; source None is all sources."""

_DATE, _SOURCE, _VALUE = "date", "source", "value"


def read_exposure(file: Path) -> Told:
    """Read a CSV with a column ``date``, perhaps ``source``, and one of numbers.

    Parameters
    ----------
    file : Path
        UTF-8. The column of numbers is called ``value``, or is the only other one. A row without a number
        tells nothing of its day.

    Raises
    ------
    SettingsError
        If it cannot be read or a row cannot be used; names the file, the row and the reason.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            names = {name.strip().lower(): name for name in rows.fieldnames or () if name}
            value = _value_column(file, names)
            return _told(file, rows, names, value)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unfit(file, say("it cannot be read ({kind})", kind=type(error).__name__)) from error


def out_of(
    told: Told, sources: Sequence[str], days: NDArray[np.datetime64], records: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """What each source's counts are out of, in records of an average day.

    Values are brought to the scale of the source's records on the days before the last that have both, so
    that days without a value, which are out of records, and sources without one fit to them.

    Parameters
    ----------
    told : Told
        What is known.
    sources : sequence of str, length n_sources
    days : ndarray of datetime64[D], shape (n_days,)
    records : ndarray of shape (n_sources, n_days)
        All records; NaN where the source is missing, which it stays.

    Returns
    -------
    ndarray of float, shape (n_sources, n_days)
        0 where the source is missing, or silent on a day without a value.
    ndarray of bool, shape (n_sources, n_days)
        Whether it comes from a value.
    """
    values = np.array(
        [[told.get((name, day), told.get((None, day), np.nan)) for day in days.tolist()] for name in sources]
    ).reshape(records.shape)
    there = ~np.isnan(records)
    both = there & ~np.isnan(values)
    both[:, -1:] = False
    of_records = np.where(both, records, 0.0).sum(axis=1)
    of_values = np.where(both, values, 0.0).sum(axis=1)
    scale = np.where(of_values > 0, of_records / np.maximum(of_values, 1e-300), np.nan)
    scaled = values * np.where(scale > 0, scale, np.nan)[:, None]
    used = there & ~np.isnan(scaled)
    return np.where(used, np.nan_to_num(scaled), np.nan_to_num(records)), used


def _value_column(file: Path, names: Mapping[str, str]) -> str:
    if _DATE not in names:
        raise _unfit(file, say("it has no column {name}", name=_DATE))
    others = [name for plain, name in names.items() if plain not in (_DATE, _SOURCE)]
    if _VALUE in names:
        return names[_VALUE]
    if len(others) != 1:
        raise _unfit(file, say("one column of numbers must be called {name}", name=_VALUE))
    return others[0]


def _told(file: Path, rows: csv.DictReader[str], names: Mapping[str, str], value: str) -> Told:
    found: dict[tuple[str | None, date], float] = {}
    for row in rows:
        given = (row[value] or "").strip().replace(",", "")
        try:
            day = date.fromisoformat((row[names[_DATE]] or "").strip()[:10])
        except ValueError as error:
            raise _row_unfit(file, rows.line_num, say("the date must be like 2026-01-31")) from error
        if not given:
            continue
        try:
            number = float(given)
        except ValueError as error:
            raise _row_unfit(file, rows.line_num, say("the value is not a number")) from error
        if not math.isfinite(number) or number <= 0:
            raise _row_unfit(file, rows.line_num, say("the value must be above 0"))
        key = ((row[names[_SOURCE]] or "").strip() or None if _SOURCE in names else None, day)
        if key in found:
            raise _row_unfit(file, rows.line_num, say("the day was given before"))
        found[key] = number
    return found


def _unfit(file: Path, reason: str) -> SettingsError:
    return SettingsError(
        say("The exposure file {file} cannot be used: {reason}.", file=file, reason=reason), _remedy()
    )


def _row_unfit(file: Path, row: int, reason: str) -> SettingsError:
    return SettingsError(
        say(
            "The exposure file {file} cannot be used: row {row}: {reason}.", file=file, row=row, reason=reason
        ),
        _remedy(),
    )


def _remedy() -> str:
    return say("Mend it, or take it out of signals.exposure.")
