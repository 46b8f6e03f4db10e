"""Sources that know the hour are judged by their last hours too; what they tell names the hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from issuemine.config import IngestSettings, Settings
from issuemine.pages.words import in_figures
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.signals.counting import count
from pipelines.signals.hourly import judge_last_hours
from pipelines.signals.judging import Judged, judge_all
from tests.issuemine.store.rows import mentions, records
from tests.issuemine.store.test_publish import put_topic
from tests.issuemine.store.test_records import take

LAST = datetime(2026, 6, 29, 11, tzinfo=UTC)
"""Begin of the newest hour."""
DAYS = 70


@pytest.fixture
def told(warehouse: Database, layout: Layout) -> Any:
    """What is judged of a topic with so many records in its last hours, beside one that is calm."""

    def judged(
        in_last_hours: int, *, dates_only: bool = False, timezone: str = "UTC"
    ) -> tuple[Run, Judged, bool]:
        rng = np.random.default_rng(7)
        hours = [LAST - timedelta(hours=ago) for ago in range(DAYS * 24)]
        times = [
            (hour, rng.random() < 0.15)
            for hour in hours
            for _ in range(rng.poisson(0.5 if 9 <= hour.hour < 12 else 6))
        ]
        times += [(LAST - timedelta(hours=at % 3), True) for at in range(in_last_hours)]
        rows = [
            {
                "record_id": f"r{at}",
                "created_at": hour.replace(hour=0) if dates_only else hour + timedelta(minutes=at % 60),
            }
            for at, (hour, _) in enumerate(times)
        ]
        take(warehouse, records(*rows))
        names = [row["record_id"] for row in rows]
        warehouse.execute("records/settle", tables={"done": pa.table({"record_id": names})})
        warehouse.execute("mentions/insert", tables={"incoming": mentions(*((name, 0) for name in names))})
        for topic in ("T1", "T2"):
            put_topic(warehouse, topic)
        found = {
            "mention_id": [f"{name}-0" for name in names],
            "topic_id": ["T1" if first else "T2" for _, first in times],
            "similarity": [0.9] * len(times),
            "counts": [True] * len(times),
        }
        warehouse.execute("topics/insert_assignments", tables={"found": pa.table(found)})
        settings = Settings(ingest=IngestSettings(timezone=timezone))
        run = Run("r00001", settings, layout, warehouse, Silent(), [], as_of=LAST.date())
        panel = count(run)
        assert panel is not None
        one = next(one for one in judge_all(run, panel, []) if one.key == "T1")
        return run, one, judge_last_hours(run, panel.topics) is not None

    return judged


def test_an_outage_of_the_last_hours_is_told_by_them_before_its_day_stands_out(told: Any) -> None:
    _, one, hourly = told(5)
    assert hourly
    assert one.begins
    assert one.level.window == "09:00-12:00 UTC"
    assert one.level.observed >= 5
    assert one.level.expected < 1.5
    assert "in the hours 09:00-12:00 UTC" in in_figures(vars(one.level))


def test_hours_are_told_in_utc_like_their_day_wherever_the_sources_are(told: Any) -> None:
    run, one, _ = told(5, timezone="Asia/Seoul")
    assert (run.day, one.level.window) == (LAST.date(), "09:00-12:00 UTC")


def test_calm_hours_tell_nothing(told: Any) -> None:
    _, one, hourly = told(0)
    assert hourly
    assert not one.begins
    assert one.level.window in ("day", "week")


def test_a_source_of_dates_alone_has_no_hours(told: Any) -> None:
    _, one, hourly = told(5, dates_only=True)
    assert not hourly
    assert one.level.window in ("day", "week")
