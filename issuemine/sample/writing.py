"""Writing: the sample's records, the truth about them and the planted events, as files."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from issuemine.errors import SampleError
from issuemine.messages import say
from issuemine.sample.history import Happening, events, history
from issuemine.sample.texts import Frame, Issue, load, message, phrase

_LAST_DAY = date(2026, 6, 30)
_CHANNELS = {"ticket": ("email", "web form"), "chat": ("web chat", "in-app chat"), "survey": ("survey",)}
_REGIONS = {"en": ("US", "GB", "IE", "CA"), "ko": ("Seoul", "Busan", "Daegu", "Incheon")}


@dataclass(frozen=True)
class Written:
    """Where the sample lies: the records, the true issues of each, and the planted events."""

    path: Path
    truth: Path
    events: Path
    records: int


def write_sample(
    folder: Path,
    *,
    days: int = 120,
    per_day: int = 40,
    seed: int = 7,
    languages: tuple[str, ...] = ("en", "ko"),
) -> Written:
    """Write ``records.jsonl``, ``truth.csv`` and ``events.csv`` into a folder.

    Parameters
    ----------
    folder : Path
        Made when missing; files of those names in it are replaced.
    days : int, default 120
        Days of history, up to 2026-06-30.
    per_day : int, default 40
        Reasons to write a day, on average.
    seed : int, default 7
        The same seed and arguments give the same files, byte for byte.
    languages : tuple of str
        ``en`` and ``ko``; records are spread evenly over them.

    Raises
    ------
    SampleError
        If a language is not known or a number is below 1.
    """
    issues, frames = load()
    unknown = [language for language in languages if language not in frames]
    if unknown or not languages:
        raise SampleError(
            say(
                "There is no sample in {languages}.",
                languages=", ".join(unknown) or "–",
            ),
            say("Choose from {languages}.", languages=", ".join(frames)),
        )
    if days < 1 or per_day < 1:
        raise SampleError(say("A sample needs at least one day and one record a day."))
    folder.mkdir(parents=True, exist_ok=True)
    written = Written(folder / "records.jsonl", folder / "truth.csv", folder / "events.csv", 0)
    first = _LAST_DAY - timedelta(days=days - 1)
    rng = np.random.default_rng(seed)
    count = 0
    with written.path.open("wb") as records, written.truth.open("w", encoding="utf-8", newline="") as truth:
        table = csv.writer(truth)
        table.writerow(["external_id", "language", "issues", "intents"])
        for happening in history(issues, first, days, per_day, rng):
            count += 1
            language = languages[int(rng.integers(len(languages)))]
            record, spoken = _record(count, happening, language, issues, frames[language], rng)
            records.write(orjson.dumps(record) + b"\n")
            keys, intents = (tuple(getattr(issue, name) for issue in spoken) for name in ("key", "intent"))
            table.writerow([record["ticket_id"], language, "|".join(keys), "|".join(intents)])
    with written.events.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["day", "kind", "issue", "detail"])
        rows.writeheader()
        rows.writerows(asdict(event) for event in events(issues, first, days))
    return Written(written.path, written.truth, written.events, count)


def _record(
    number: int,
    happening: Happening,
    language: str,
    issues: tuple[Issue, ...],
    frame: Frame,
    rng: np.random.Generator,
) -> tuple[dict[str, Any], list[Issue]]:
    kind = ("ticket", "chat", "survey")[int(rng.choice(3, p=(0.55, 0.3, 0.15)))]
    spoken = [happening.issue]
    if kind == "survey" and happening.issue.intent != "other" and rng.random() < 0.4:
        others = [issue for issue in issues if issue.key != happening.issue.key and not issue.starts]
        spoken.append(others[int(rng.integers(len(others)))])
    sentences = [phrase(issue, language, rng) for issue in spoken]
    created = datetime.combine(happening.day, time(), UTC) + timedelta(seconds=int(rng.integers(86_400)))
    happy = happening.issue.intent == "praise"
    record: dict[str, Any] = {
        "ticket_id": f"S-{number:06d}",
        "kind": kind,
        "channel": _CHANNELS[kind][int(rng.integers(len(_CHANNELS[kind])))],
        "created_at": created.isoformat(),
        "subject": None,
        "body": message(sentences, frame, kind, rng),
        "customer_id": f"C-{happening.customer:05d}",
        "platform": happening.platform,
        "version": happening.version,
        "plan": ("free", "plus", "pro")[int(rng.choice(3, p=(0.5, 0.35, 0.15)))],
        "region": _REGIONS[language][int(rng.integers(len(_REGIONS[language])))],
        "csat": int(rng.integers(4, 6) if happy else rng.integers(1, 4)) if rng.random() < 0.5 else None,
        "resolved_at": (created + timedelta(hours=float(rng.gamma(2.0, 12.0)))).isoformat(),
    }
    return record, spoken
