"""``/v1/topics/{id}/trend``."""

import itertools
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from api.trends.schemas import Trend
from issuemine.store.snapshot import Snapshot


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_steps_add_up_to_the_topic_and_leave_no_gap(
    client: TestClient, snapshot: Snapshot, step: str
) -> None:
    top = client.get("/v1/topics?limit=1").json()["topics"][0]
    trend = client.get(f"/v1/topics/{top['topic_id']}/trend?step={step}").json()
    assert Trend.model_validate(trend).model_dump(mode="json") == trend
    assert sum(point["records"] for point in trend["points"]) == top["records"]
    assert sum(point["all_records"] for point in trend["points"]) == snapshot.info["records"]
    starts = [date.fromisoformat(point["start"]) for point in trend["points"]]
    gaps = {later - earlier for earlier, later in itertools.pairwise(starts)}
    lengths = {"day": {1}, "week": {7}, "month": {28, 29, 30, 31}}[step]
    assert gaps <= {timedelta(days=days) for days in lengths}
    if step == "week":
        assert all(start.weekday() == 0 for start in starts)
