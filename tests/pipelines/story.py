"""A story of some nights over a growing file, and what each of them published."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from issuemine.config import Settings
from issuemine.store.snapshot import Snapshot
from pipelines.nightly import nightly
from pipelines.progress import Silent
from tests.pipelines.growing import Record, changed, new_issue, sample, write

LATE = "late"
"""Record of the 16th that comes in the second night, of the 26th."""

Row = dict[str, Any]


@dataclass
class Night:
    """What a night published, by table."""

    run_id: str
    day: date
    tables: dict[str, list[Row]]
    counts: dict[str, int]

    def of(self, table: str, **values: object) -> list[Row]:
        rows = self.tables[table]
        return [row for row in rows if all(row[name] == value for name, value in values.items())]

    @property
    def ids(self) -> dict[str, str]:
        """Record ids by what their source calls them."""
        return {row["external_id"]: row["record_id"] for row in self.tables["records"]}

    def counted(self) -> set[str]:
        """External ids of the records that are counted under a topic."""
        records = {row["record_id"] for row in self.tables["topic_records"]}
        return {name for name, record in self.ids.items() if record in records}

    def days(self, until: date) -> dict[tuple[str, date], int]:
        return {
            (row["topic_id"], row["day"]): row["records"]
            for row in self.tables["topic_days"]
            if row["day"] <= until
        }


@dataclass
class Story:
    """Nights over a growing file."""

    folder: Path
    nights: list[Night] = field(default_factory=list)

    def night(self, records: list[Record], day: date, **asked: bool) -> Night:
        path = write(self.folder / "records.jsonl", records)
        outcome = nightly([str(path)], Settings(), self.folder / "var", as_of=day, reporter=Silent(), **asked)
        found = told(outcome.snapshot)
        self.nights.append(Night(outcome.manifest.run_id, day, found, outcome.manifest.counts))
        outcome.snapshot.close()
        return self.nights[-1]


def told(snapshot: Snapshot) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for table in snapshot.database.tables():
        with snapshot.database.rows(table) as reader:
            found[table] = reader.read_all().to_pylist()
    return found


def until(records: list[Record], day: date) -> list[Record]:
    return [record for record in records if str(record["created_at"])[:10] <= day.isoformat()]


def tell(folder: Path) -> tuple[Story, str]:
    """Eight nights; gives also which record is edited before the third.

    1 all is new. 2 a late record, and two of a new issue. 3 more of the new issue, and an edited record
    that now says what the late one does. 4 nothing new. 5 a discovery anew. 6 one that restates. 7 all of
    the new issue turn out to be about something else, and a discovery anew. 8 it comes back.
    """
    records = sample(folder, days=25, per_day=24)
    story = Story(folder)
    story.night(until(records, _day(24)), _day(24))
    records += new_issue(_noon(25))[:2] + new_issue(_noon(27))[2:]
    records.append(records[40] | {"ticket_id": LATE, "created_at": _noon(16).isoformat()})
    story.night(until(records, _day(26)), _day(26))
    counted = story.nights[1].counted()
    was = next(
        at
        for at, record in enumerate(records)
        if "dark" in record["body"].lower() and record["ticket_id"] in counted
    )
    records[was] = changed(records[was], str(records[40]["body"]), _noon(28))
    for _ in range(2):
        story.night(until(records, _day(28)), _day(28))
    story.night(until(records, _day(29)), _day(29), rediscover=True)
    story.night(records, _day(30), rediscover=True, restate=True)
    drones = [at for at, record in enumerate(records) if record["ticket_id"].startswith("N-")]
    for at in drones:
        records[at] = changed(records[at], str(records[at - drones[0]]["body"]), _noon(30))
    story.night(records, _day(30), rediscover=True)
    again = [record | {"ticket_id": f"again-{at}"} for at, record in enumerate(new_issue(_noon(30)))]
    story.night([*records, *again], _day(30))
    return story, str(records[was]["ticket_id"])


def _day(number: int) -> date:
    return date(2026, 6, number)


def _noon(number: int) -> datetime:
    return datetime(2026, 6, number, 12, tzinfo=UTC)
