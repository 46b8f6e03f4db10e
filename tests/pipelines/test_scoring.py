"""Alerts held against incidents that are known."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from issuemine.errors import IngestError
from pipelines.scoring import Incident, read_truth, score

START = date(2026, 5, 1)


def signal(day: date, text: str = "the app crashes", **more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "day": day,
        "signal_id": f"T1@{day}",
        "incident_id": "T1@2026-05-10",
        "scope": "topic",
        "state": "new",
        "severity": "high",
        "nature": "organic",
        "news": False,
        "label": "App crashes",
        "topic_id": "T1",
        "source": None,
        "window": "day",
        "observed": 20,
        "expected": 2.0,
        "exposure": 90,
        "excess": 18.0,
        "q_value": 1e-6,
        "keywords": ["crash"],
        "quotes": [{"text": text}],
    }
    return known | more


def nights(*signals: dict[str, Any], n: int = 28) -> list[tuple[date, list[dict[str, Any]]]]:
    days = [START + timedelta(days=at) for at in range(n)]
    return [(day, [one for one in signals if one["day"] == day]) for day in days]


CRASH = Incident(date(2026, 5, 10), date(2026, 5, 14), ("crash",))


def test_an_incident_is_found_on_the_first_day_of_a_signal_that_speaks_of_it() -> None:
    told = signal(date(2026, 5, 11), news=True)
    found = score(nights(told), [CRASH])
    assert found["incidents"][0] | {"pattern": ""} == {
        "start": CRASH.start,
        "end": CRASH.end,
        "pattern": "",
        "detected": True,
        "first_signal": date(2026, 5, 11),
        "delay_days": 1,
        "topic": "App crashes",
    }
    assert (found["weeks"], found["alerts_per_week"], found["precision"], found["recall"]) == (
        4.0,
        0.25,
        1.0,
        1.0,
    )


def test_a_signal_of_other_words_days_or_that_nobody_was_told_finds_nothing() -> None:
    other = signal(date(2026, 5, 11), "slow", news=True, label="Slow", keywords=[])
    late = signal(date(2026, 5, 20), news=True)
    untold = signal(date(2026, 5, 12), incident_id="T9")
    for one in (other, late, untold):
        assert not score(nights(one), [CRASH])["incidents"][0]["detected"]


def test_a_later_signal_of_an_incident_that_was_told_counts() -> None:
    first = signal(date(2026, 5, 10), "slow", news=True, label="Slow", keywords=[])
    next_day = signal(date(2026, 5, 11), state="ongoing")
    found = score(nights(first, next_day), [CRASH])
    assert found["incidents"][0]["delay_days"] == 1
    assert len(found["alerts"]) == 1


def test_bursts_without_content_are_listed_but_are_no_alerts() -> None:
    found = score(nights(signal(date(2026, 5, 10), nature="low_content")), [CRASH])
    assert (len(found["bursts"]), found["alerts"], found["precision"]) == (1, [], None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,end\n2026-01-01,2026-01-02\n", "no column pattern"),
        ("start,end,pattern\n2026-01-01,soon,crash\n", "Row 1"),
        ("start,end,pattern\n2026-01-05,2026-01-01,crash\n", "Row 1"),
        ("start,end,pattern\n2026-01-01,2026-01-05, | \n", "Row 1"),
    ],
)
def test_a_truth_file_that_does_not_fit_is_told_with_its_row(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "truth.csv"
    file.write_text(text)
    with pytest.raises(IngestError, match=says):
        read_truth(file)


def test_patterns_are_words_with_bars_between_them(tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_text("start,end,pattern\n2026-05-10,2026-05-14,Crash | 튕김\n", encoding="utf-8")
    assert read_truth(file) == [Incident(date(2026, 5, 10), date(2026, 5, 14), ("crash", "튕김"))]
