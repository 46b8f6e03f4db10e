"""What people said of mentions holds when their records are edited, and across encoder spaces."""

from datetime import datetime
from pathlib import Path

import orjson

from tests.pipelines.growing import changed, write
from tests.pipelines.test_curation_holds import World, largest


def test_places_that_people_gave_hold_when_the_record_is_edited(tmp_path: Path) -> None:
    world = World(tmp_path)
    en, before = largest(world, "model"), world.members()
    out, moved = sorted(before[en[0]])[0], sorted(before[en[1]])[0]
    world.say("exclude_mentions", mentions=[out])
    world.say("move", mention=moved, topic=en[2])
    world.run()
    texts = {row["record_id"]: row for row in world.snapshot.database.table("read/every/records").to_pylist()}
    mentions = world.snapshot.database.table("read/every/mentions").to_pylist()
    record_of = {row["mention_id"]: texts[row["record_id"]] for row in mentions}
    edited = {
        record_of[mention]["external_id"]: record_of[sorted(before[topic])[1]]["text"]
        for mention, topic in ((out, en[3]), (moved, en[4]))
    }
    path = tmp_path / "sample" / "records.jsonl"
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    later = datetime.fromisoformat("2026-06-30T12:00:00+00:00")
    rows = [
        changed(row, edited[row["ticket_id"]], later) if row["ticket_id"] in edited else row for row in rows
    ]
    write(path, rows)
    world.run([str(path)])
    assert out in world.members()[None]  # type: ignore[index]
    assert moved in world.members()[en[2]]


def test_a_topic_with_a_mention_of_another_language_can_be_named_anew(tmp_path: Path) -> None:
    world = World(tmp_path)
    en, ko = largest(world, "model"), largest(world, "lexical-ko")
    members = world.members()
    stranger = sorted(members[ko[0]])[0]
    world.say("move", mention=stranger, topic=en[0])
    world.run()
    world.say("split", topic=en[0], mentions=sorted(members[en[0]])[:2])
    world.run()
    assert stranger in world.members()[en[0]]
    world.run(rediscover=True)
    assert stranger in world.members()[en[0]]
