"""``issuemine why`` tells what is different about a topic."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.cli import app
from tests.conftest import Mined


def why(warehouse: Path, *options: str) -> str:
    done = CliRunner().invoke(app, ["why", *options, "--warehouse", str(warehouse)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_topics_with_and_without_a_difference_are_told(mined: Mined) -> None:
    snapshot = Snapshots(Layout(mined.warehouse)).current()
    rows = snapshot.database.table("read/every/topics").to_pylist()
    crashes = next(row["topic_id"] for row in rows if row["label"] == "App crashes")
    (first, *_) = json.loads(why(mined.warehouse, crashes, "--json"))["candidates"]
    assert first["attributes"] == {"version": "5.2.0"}
    assert first["strength"] in ("strong", "moderate")
    assert first["sentence"] in why(mined.warehouse, crashes)
    topics = (row["topic_id"].lower() for row in rows)
    assert any(why(mined.warehouse, topic).startswith("No attribute explains this.\n") for topic in topics)


def test_a_topic_can_be_compared_with_its_own_past(mined: Mined) -> None:
    found = json.loads(why(mined.warehouse, "T1", "--against", "past", "--days", "20", "--json"))
    shown = {"candidates", "message", "phrases", "changes", "changes_message", "sequences"}
    assert set(found) == shown


def test_a_topic_that_is_not_there_is_told(mined: Mined) -> None:
    done = CliRunner().invoke(app, ["why", "T9999", "--warehouse", str(mined.warehouse)])
    assert "T9999" in str(done.exception)


@pytest.mark.parametrize("topic", ["T1", "T2"])
def test_the_same_question_has_the_same_answer(mined: Mined, topic: str) -> None:
    assert why(mined.warehouse, topic, "--json") == why(mined.warehouse, topic, "--json")
