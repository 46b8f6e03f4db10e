"""How well a backtest did: its alerts held against incidents that are known."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from issuemine.errors import IngestError
from issuemine.messages import say

_COLUMNS = ("start", "end", "pattern")
_TOLD_BEFORE_DAYS = 7
"""An incident may have been told so many days before it began, as far as the truth knows."""
_BURSTS = ("new", "escalating", "regressed")


@dataclass(frozen=True)
class Incident:
    """An incident that is known: its days, and words of which one occurs in what is told of it."""

    start: date
    end: date
    words: tuple[str, ...]

    def told_by(self, signal: dict[str, Any]) -> bool:
        """Whether a signal of its days speaks of it."""
        if not self.start <= signal["day"] <= self.end:
            return False
        text = " ".join(
            [signal["label"], *signal["keywords"], *(quote["text"] for quote in signal["quotes"])]
        ).casefold()
        return any(word in text for word in self.words)


def read_truth(file: Path) -> list[Incident]:
    """Read the incidents of a CSV file with the columns ``start,end,pattern``.

    Raises
    ------
    IngestError
        If it cannot be read, lacks a column, or a row does not fit; names the row.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise IngestError(
                    say("{file} has no column {columns}.", file=file, columns=", ".join(missing)),
                    say("It needs start, end and pattern."),
                )
            return [_incident(file, number, row) for number, row in enumerate(reader, start=1)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IngestError(
            say("{file} cannot be read ({kind}).", file=file, kind=type(error).__name__),
            say("It must be a CSV file in UTF-8 with the columns start, end and pattern."),
        ) from error


def _incident(file: Path, number: int, row: dict[str, str | None]) -> Incident:
    try:
        start, end = (date.fromisoformat((row[name] or "").strip()[:10]) for name in ("start", "end"))
    except ValueError as error:
        raise IngestError(
            say("Row {row} of {file} has a day that cannot be read.", row=number, file=file),
            say("Write days as 2026-01-31."),
        ) from error
    words = tuple(word.strip().casefold() for word in re.split(r"\|", row["pattern"] or "") if word.strip())
    if end < start or not words:
        raise IngestError(
            say("Row {row} of {file} ends before it begins or has no word.", row=number, file=file),
            say("Separate the words of a pattern by |."),
        )
    return Incident(start, end, words)


def score(nights: Sequence[tuple[date, list[dict[str, Any]]]], truth: Sequence[Incident]) -> dict[str, Any]:
    """Hold what was told against what is known.

    An alert is what a person would have been sent: an incident on a night on which it was news. A known
    incident is detected on the first of its days on which a signal of an incident that was told speaks of it.

    Parameters
    ----------
    nights : sequence of (date, list of dict)
        Each night's signals, as the table ``signals`` holds them.
    truth : sequence of Incident
        What is known.

    Returns
    -------
    dict
        ``incidents`` (each with ``start, end, pattern, detected, first_signal, delay_days, topic``),
        ``alerts`` (each with its signals' evidence and the known incident it tells of, or None),
        ``bursts`` (what was recognised as templated, low in content or one customer's, and not told),
        ``weeks``, ``alerts_per_week``, ``precision``, ``recall`` and ``lead_time`` (mean delay in days of
        what was detected).
    """
    told: dict[str, list[date]] = {}
    found: list[dict[str, Any] | None] = [None] * len(truth)
    alerts, bursts = [], []
    for day, signals in nights:
        news = [signal for signal in signals if signal["news"]]
        for signal in news:
            told.setdefault(signal["incident_id"], []).append(day)
        for signal in signals:
            if signal["nature"] != "organic":
                if signal["state"] in _BURSTS:
                    bursts.append(_shown(signal))
                continue
            for at, incident in enumerate(truth):
                since = incident.start - timedelta(days=_TOLD_BEFORE_DAYS)
                was_told = any(one >= since for one in told.get(signal["incident_id"], ()))
                if found[at] is None and was_told and incident.told_by(signal):
                    found[at] = signal
        alerts += [_alert(signal, signals, truth) for signal in news]
    weeks = len(nights) / 7
    incidents = [_result(incident, signal) for incident, signal in zip(truth, found, strict=True)]
    right = sum(alert["tells_of"] is not None for alert in alerts)
    delays = [result["delay_days"] for result in incidents if result["detected"]]
    return {
        "incidents": incidents,
        "alerts": alerts,
        "bursts": bursts,
        "weeks": round(weeks, 2),
        "alerts_per_week": round(len(alerts) / weeks, 4) if weeks else 0.0,
        "precision": round(right / len(alerts), 4) if alerts else None,
        "recall": round(len(delays) / len(truth), 4) if truth else None,
        "lead_time": round(sum(delays) / len(delays), 2) if delays else None,
    }


def _result(incident: Incident, signal: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "start": incident.start,
        "end": incident.end,
        "pattern": "|".join(incident.words),
        "detected": signal is not None,
        "first_signal": None if signal is None else signal["day"],
        "delay_days": None if signal is None else (signal["day"] - incident.start).days,
        "topic": None if signal is None else signal["label"],
    }


def _alert(
    signal: dict[str, Any], signals: Sequence[dict[str, Any]], truth: Sequence[Incident]
) -> dict[str, Any]:
    """An alert with all signals of its incident that night, any of which may tell of what is known."""
    together = [one for one in signals if one["incident_id"] == signal["incident_id"] and one["quotes"]]
    known = next(
        (at for at, incident in enumerate(truth) if any(incident.told_by(one) for one in together)), None
    )
    return _shown(signal) | {"tells_of": known, "signals": [one["signal_id"] for one in together]}


def _shown(signal: dict[str, Any]) -> dict[str, Any]:
    names = ("day", "signal_id", "incident_id", "scope", "state", "severity", "nature", "label", "topic_id")
    figures = ("source", "window", "observed", "expected", "exposure", "excess", "q_value", "keywords")
    return {name: signal[name] for name in (*names, *figures)} | {
        "quotes": [quote["text"] for quote in signal["quotes"]]
    }
