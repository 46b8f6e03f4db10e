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
    ids = snapshot.database.table("read/every/topics")["topic_id"].to_pylist()[:12]
    told = {topic: json.loads(why(mined.warehouse, topic, "--json")) for topic in ids}
    different = [topic for topic in ids if told[topic]["candidates"]]
    alike = [topic for topic in ids if not told[topic]["candidates"]]
    assert different
    assert told[different[0]]["candidates"][0]["sentence"] in why(mined.warehouse, different[0])
    assert alike
    assert why(mined.warehouse, alike[0].lower()).strip() == "No attribute explains this."


def test_a_topic_can_be_compared_with_its_own_past(mined: Mined) -> None:
    found = json.loads(why(mined.warehouse, "T1", "--against", "past", "--days", "20", "--json"))
    assert set(found) == {"candidates", "message"}


def test_a_topic_that_is_not_there_is_told(mined: Mined) -> None:
    done = CliRunner().invoke(app, ["why", "T9999", "--warehouse", str(mined.warehouse)])
    assert "T9999" in str(done.exception)


@pytest.mark.parametrize("topic", ["T1", "T2"])
def test_the_same_question_has_the_same_answer(mined: Mined, topic: str) -> None:
    assert why(mined.warehouse, topic, "--json") == why(mined.warehouse, topic, "--json")
