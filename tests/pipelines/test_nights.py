"""What nights keep to: counts that were told, ids that were given, and the history of both."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tests.pipelines.story import LATE, Night, Row, Story, tell


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, str]:
    return tell(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def nights(told: tuple[Story, str]) -> list[Night]:
    return told[0].nights


@pytest.fixture(scope="module")
def edited(told: tuple[Story, str]) -> str:
    return told[1]


def alive(night: Night) -> dict[str, Row]:
    return {row["topic_id"]: row for row in night.of("topics", retired=False)}


def speaks(night: Night, external_id: str) -> list[Row]:
    """Under which topics a record is counted, and on which day."""
    return night.of("topic_records", record_id=night.ids[external_id])


def new_topic(night: Night) -> str:
    (row,) = [row for row in night.tables["topics"] if "drone" in row["label"].lower()]
    return str(row["topic_id"])


def test_a_new_issue_is_born_with_its_past_days_counted(nights: list[Night]) -> None:
    topic = new_topic(nights[2])
    (birth,) = nights[2].of("lineage", topic_id=topic)
    assert (birth["run_id"], birth["event"], birth["mentions"]) == ("r00003", "born", 8)
    assert topic not in {row["topic_id"] for row in nights[1].tables["topics"]}
    days = {row["day"]: row["records"] for row in nights[2].of("topic_days", topic_id=topic)}
    assert days == {date(2026, 6, 25): 2, date(2026, 6, 27): 6}


def test_counts_of_past_days_stay_as_they_were_told(nights: list[Night], edited: str) -> None:
    """Over usual nights and a discovery anew, but for the late record and the edited one."""
    for before, after in pairwise(nights[:5]):
        expected = Counter(before.days(before.day))
        for record in (LATE, edited):
            was = speaks(before, record) if record in before.ids else []
            now = speaks(after, record) if record in after.ids else []
            expected.subtract((row["topic_id"], row["day"]) for row in was)
            expected.update((row["topic_id"], row["day"]) for row in now)
        known = {row["topic_id"] for row in before.tables["topics"]}
        found = {key: count for key, count in after.days(before.day).items() if key[0] in known}
        assert found == {key: count for key, count in expected.items() if count}, after.run_id


def test_a_restatement_changes_past_days_and_is_written_down(nights: list[Night]) -> None:
    before, after = nights[4:6]
    assert before.tables["restatements"] == []
    assert before.days(before.day) != after.days(before.day)
    for night in nights[5:]:
        (row,) = night.tables["restatements"]
        assert (row["run_id"], row["day"]) == ("r00006", date(2026, 6, 30))
        assert row["mentions"] > 0
    assert after.counts["restated_mentions"] == after.tables["restatements"][0]["mentions"]


def test_no_id_is_given_twice(nights: list[Night]) -> None:
    highest = 0
    for night in nights:
        given = [
            row["topic_id"]
            for row in night.of("lineage", run_id=night.run_id)
            if row["event"] in ("born", "split_from")
        ]
        numbers = sorted(int(topic[1:]) for topic in given)
        assert numbers == list(range(highest + 1, highest + 1 + len(given))), night.run_id
        highest += len(given)
    known: dict[str, str] = {}
    for night in nights:
        for row in night.tables["topics"]:
            assert row["born_run"] == known.setdefault(row["topic_id"], night.run_id)


def test_retired_ids_stay_retired_until_their_issue_comes_back(nights: list[Night]) -> None:
    topic = new_topic(nights[5])
    assert topic in alive(nights[5])
    assert topic not in alive(nights[6])
    (end,) = nights[6].of("lineage", run_id="r00007", topic_id=topic)
    assert end["event"] == "retired"
    (back,) = nights[7].of("lineage", run_id="r00008", topic_id=topic)
    assert back["event"] == "revived"
    assert len(nights[7].of("topic_records", topic_id=topic)) == 8
    retired: set[str] = set()
    for night in nights:
        events = night.of("lineage", run_id=night.run_id)
        retired -= {row["topic_id"] for row in events if row["event"] == "revived"}
        retired |= {row["topic_id"] for row in events if row["event"] in ("retired", "merged_into")}
        assert not retired & set(alive(night)), night.run_id


@pytest.mark.parametrize("number", [5, 6, 7])
def test_every_topic_of_a_discovery_anew_has_one_event(nights: list[Night], number: int) -> None:
    before, after = nights[number - 2 : number]
    events = Counter(row["topic_id"] for row in after.of("lineage", run_id=after.run_id))
    assert set(events.values()) == {1}
    assert set(events) == set(alive(before)) | set(alive(after))


def test_a_label_changes_only_where_that_is_written_down(nights: list[Night]) -> None:
    before: dict[str, str] = {}
    for night in nights:
        written = {row["topic_id"]: row["label"] for row in night.of("topic_labels", run_id=night.run_id)}
        labels = {row["topic_id"]: row["label"] for row in night.tables["topics"]}
        assert written == {topic: label for topic, label in labels.items() if before.get(topic) != label}, (
            night.run_id
        )
        before |= labels


def test_a_late_record_lands_on_its_own_day(nights: list[Night]) -> None:
    day = date(2026, 6, 16)
    assert LATE not in nights[0].ids
    assert [row["day"] for row in speaks(nights[1], LATE)] == [day]
    counts = [night.of("days", day=day)[0]["records"] for night in nights[:2]]
    assert counts[1] == counts[0] + 1
    assert [night.counts["late_records"] for night in nights[:2]] == [0, 1]


def test_an_edited_record_leaves_its_topic_and_counts_once(nights: list[Night], edited: str) -> None:
    (was,), (now,) = (speaks(night, edited) for night in nights[1:3])
    assert was["topic_id"] != now["topic_id"]
    assert was["day"] == now["day"]
    (record,) = nights[2].of("records", external_id=edited)
    assert record["text"] == nights[2].of("records", external_id=LATE)[0]["text"]
    quoted = [
        quote
        for topic in nights[2].tables["topics"]
        for quote in topic["quotes"]
        if quote["record_id"] == record["record_id"]
    ]
    assert all(quote["text"] in record["text"] for quote in quoted)


def test_a_night_without_anything_new_encodes_nothing_and_changes_nothing(nights: list[Night]) -> None:
    before, after = nights[2:4]
    assert (after.counts["encoded_texts"], after.counts["new_mentions"]) == (0, 0)
    judged = {"state_events", "signals"}  # a day that is judged again is judged by the later run
    one, two = (
        {
            name: [row | {"run_id": None} for row in rows] if name in judged else rows
            for name, rows in night.tables.items()
        }
        for night in (before, after)
    )
    assert {name for name, rows in two.items() if rows != one[name]} == {"info", "runs"}
