"""Which column is which field of a record: declared, else by name, else by what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.errors import IngestError
from issuemine.ingest.dates import ORDERS, parse_times
from issuemine.ingest.fields import as_text, kinds, numbers, optional, trimmed
from issuemine.ingest.names import ALIASES, PERSONAL, ends_as, is_reply, normalise, without_unit
from issuemine.messages import say
from issuemine.records import COUNT_FIELDS, SCORE_FIELDS, TIME_FIELDS

_TEXT_CHARS = 20
_LISTED = 30
_TICKET_IDS = {"ticket", "case", "티켓번호", "접수번호", "문의번호", "상담번호", "민원번호", "voc번호"}


def detect_columns(
    path: Path, sample: Mapping[str, pa.Array], declared: Mapping[str, str], *, named_source: bool
) -> dict[str, str]:
    """Map record fields to columns.

    A declared column is taken as it is. The others are found by their names, if what is in them fits the
    field; the time and the text also by their last word ("FFT answer") or, at last, by content: the only
    column of dates, the column with the longest texts.

    Parameters
    ----------
    path : Path
        The file, for messages.
    sample : mapping of str to pyarrow.Array
        The first rows of each column.
    declared : mapping of str to str
        Record field to column, from the settings.
    named_source : bool
        Whether the settings name the source, so that no column is taken for it.

    Returns
    -------
    dict of str to str
        Record field to column, in the order of the fields in `ALIASES`.

    Raises
    ------
    IngestError
        If a declared field or column does not exist, or no column holds the time or the text.
    """
    _check_declared(path, list(sample), declared)
    found = dict(declared)
    for field in ALIASES:
        if field in found or (field == "source" and named_source):
            continue
        free = {name: values for name, values in sample.items() if name not in found.values()}
        column = _find(field, free)
        if column is not None:
            found[field] = column
    if "body" not in found:
        free = {name: values for name, values in sample.items() if name not in found.values()}
        longest = max(free, key=lambda name: _mean_chars(free[name]), default=None)
        if longest is not None and _mean_chars(free[longest]) >= _TEXT_CHARS and _wordy(free[longest]):
            found["body"] = longest
        elif "subject" not in found:
            raise _missing(path, say("text"), "body", sample)
    if "created_at" not in found:
        raise _missing(path, say("date"), "created_at", sample)
    return {field: found[field] for field in ALIASES if field in found}


def further_columns(names: list[str], columns: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Split the columns that are no field into attributes and personal data to leave out."""
    rest = [name for name in names if name not in columns.values()]
    personal = [name for name in rest if is_personal(name)]
    return [name for name in rest if name not in personal], personal


def is_personal(column: str) -> bool:
    """Whether a column says who a customer is, going by its name (of a dotted one: its last parts)."""
    name = normalise(column)
    return name in PERSONAL or normalise(column.rsplit(".", 1)[-1]) in PERSONAL


def guess_kind(columns: Mapping[str, str]) -> str:
    """Kind of a file's records from its columns.

    Ticket where there is a status, priority, resolution or an id named after one; chat where the text is a
    conversation; review where there is a rating; survey where there is CSAT, NPS or CES, or the text is an
    answer; ticket otherwise.
    """
    named = {field: set(normalise(column).split("_")) for field, column in columns.items()}
    ids, text = named.get("external_id", set()), named.get("body", set())
    if {"status", "priority", "resolved_at"} & columns.keys() or ids & _TICKET_IDS:
        return "ticket"
    if text & {"transcript", "conversation", "chat"} or ids & {"chat", "conversation"}:
        return "chat"
    if "rating" in columns:
        return "review"
    if {"nps", "csat", "ces"} & columns.keys() or text & {"answer", "response", "verbatim", "응답", "주관식"}:
        return "survey"
    return "ticket"


def _check_declared(path: Path, names: list[str], declared: Mapping[str, str]) -> None:
    for field, column in declared.items():
        if field not in ALIASES:
            raise IngestError(
                say("ingest.columns declares {field!r}, which is no field of a record.", field=field),
                say("Use one of: {fields}.", fields=", ".join(ALIASES)),
            )
        if column not in names:
            close = get_close_matches(column, names, n=1)
            raise IngestError(
                say(
                    "ingest.columns says that {field} is column {column!r}, but {path} has none of "
                    "that name.",
                    field=field,
                    column=column,
                    path=path,
                ),
                say("Did you mean {name!r}?", name=close[0]) if close else _list(names),
            )


def _find(field: str, free: Mapping[str, pa.Array]) -> str | None:
    by_name: dict[str, str] = {}
    for name in free:
        by_name.setdefault(normalise(name), name)
    for name in free:
        by_name.setdefault(normalise(without_unit(name)), name)
    exact = [by_name[alias] for alias in ALIASES[field] if alias in by_name]
    loose = [name for name in dict.fromkeys(by_name.values()) if ends_as(name, field)]
    if field == "body":
        loose.sort(key=lambda name: (is_reply(name), -_mean_chars(free[name])))
    for name in exact:
        if _fits(field, free[name]):
            return name
    for name in loose:
        if _fits(field, free[name]) and (field != "external_id" or _is_key(name, free[name])):
            return name
    if field == "created_at":
        # A column named as the date whose values are none is told as such, not as a missing column.
        return exact[0] if exact else _only_dates(free)
    return None


def _fits(field: str, values: pa.Array) -> bool:
    """Whether most of a column's values can be what the field wants."""
    there = optional(values).drop_null()
    if not len(there):
        return field not in ("external_id", "body", "created_at", "kind")
    if field in TIME_FIELDS:
        return _date_share(values) >= 0.5
    if field in SCORE_FIELDS or field in COUNT_FIELDS:
        return 1 - float(numbers(values, field)[1].mean()) >= 0.9
    if field == "kind":
        return not bool(kinds(values)[1].any())
    if field == "external_id":
        return bool(pc.count_distinct(there).as_py() >= 0.5 * len(there))
    if field == "body":
        return float(numbers(there, "csat")[1].mean()) >= 0.5 and _date_share(there) < 0.5
    return True


def _is_key(name: str, values: pa.Array) -> bool:
    words = normalise(name).split("_")
    about_others = {"customer", "user", "client", "account", "agent", "contact", "member", "order", "product"}
    there = trimmed(values).drop_null()
    return not about_others & set(words) and bool(pc.count_distinct(there).as_py() == len(there))


def _only_dates(free: Mapping[str, pa.Array]) -> str | None:
    dates = [
        name
        for name, values in free.items()
        if not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type))
        and len(there := trimmed(values).drop_null())
        and not pc.all(pc.match_substring_regex(there, r"^[\d.]+$")).as_py()
        and _date_share(values) >= 0.9
    ]
    return dates[0] if len(dates) == 1 else None


def _date_share(values: pa.Array) -> float:
    there = values if not pa.types.is_string(values.type) else trimmed(values)
    there = there.drop_null()
    if not len(there) or pa.types.is_nested(there.type) or pa.types.is_boolean(there.type):
        return 0.0
    if pa.types.is_dictionary(there.type):
        there = as_text(there)
    valid = np.logical_or.reduce([np.asarray(pc.is_valid(parse_times(there, o, "UTC"))) for o in ORDERS])
    return float(valid.mean())


def _mean_chars(values: pa.Array) -> float:
    """Mean number of characters of the values that are there; 0 for a column that is not text."""
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return 0.0
    return float(pc.mean(pc.utf8_length(trimmed(values))).as_py() or 0.0)


def _wordy(values: pa.Array) -> bool:
    there = trimmed(values).drop_null()
    spaced = pc.mean(pc.cast(pc.match_substring_regex(there, r"\S\s+\S"), pa.int8())).as_py()
    return bool(spaced >= 0.5 and pc.count_distinct(there).as_py() >= 0.2 * len(there))


def _missing(path: Path, what: str, field: str, sample: Mapping[str, pa.Array]) -> IngestError:
    return IngestError(
        say(
            "No column of {path} was recognised as the {what} of a record. {columns}",
            path=path,
            what=what,
            columns=_list(list(sample)),
        ),
        say('Name it in the settings: [ingest.columns] {field} = "<column>".', field=field),
    )


def _list(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    if len(names) <= _LISTED:
        return say("Its columns: {names}.", names=shown)
    return say("Its columns: {names} and {more} more.", names=shown, more=len(names) - _LISTED)
