"""The log of events: what goes in comes out, in order, and stays."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr

from issuemine.config import StoreSettings
from issuemine.errors import CurationError, StoreError
from issuemine.records import CurationEvent
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, open_operational
from issuemine.store.operational.events import all_events, append, events_of, undo
from issuemine.store.operational.tables import curation_events
from tests.issuemine.curation.logs import START, log, logs

ROOT = Path(__file__).parents[4]


def said(topic: str, at: datetime = START) -> CurationEvent:
    return CurationEvent(at, "kim", "note", {"topic": topic, "text": "환불 지연 😀"})


def test_an_event_comes_back_as_it_was_said_with_its_time_in_utc(store: Operational) -> None:
    seoul = datetime(2026, 3, 1, 18, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=9)))
    number = append(store, said("T1", seoul))
    assert all_events(store) == [replace(said("T1", seoul), event_id=number)]
    assert all_events(store)[0].at.tzinfo is UTC


def test_ids_grow_and_survive_closing(layout: Layout, settings: StoreSettings) -> None:
    for number in range(1, 4):
        with open_operational(layout, settings) as store:
            assert append(store, said(f"T{number}")) == number
    with open_operational(layout, settings) as store:
        assert [event.payload["topic"] for event in all_events(store)] == ["T1", "T2", "T3"]


@pytest.mark.parametrize("change", [curation_events.delete(), curation_events.update().values(author="x")])
def test_not_even_by_hand_is_an_event_changed_or_deleted(
    store: Operational, change: sa.Delete | sa.Update
) -> None:
    append(store, said("T1"))
    with pytest.raises(StoreError), store.writing() as connection:
        connection.execute(change)
    assert len(all_events(store)) == 1


def test_undoing_twice_names_the_event_that_did_it(store: Operational) -> None:
    assert append(store, said("T1")) == 1
    assert undo(store, 1, at=START, author="lee") == 2
    with pytest.raises(CurationError, match="Event 1 has been undone already, by event 2"):
        undo(store, 1, at=START, author="lee")
    assert undo(store, 2, at=START, author="lee") == 3
    with pytest.raises(CurationError, match="Event 2 has been undone already, by event 3"):
        undo(store, 2, at=START, author="lee")
    undo(store, 1, at=START, author="lee")
    assert len(all_events(store)) == 4


def test_of_many_who_undo_an_event_at_once_one_does(store: Operational) -> None:
    append(store, said("T1"))

    def try_to(_: int) -> bool:
        try:
            undo(store, 1, at=START, author="lee")
        except CurationError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to, range(8))) == 1
    assert len(all_events(store)) == 2


def test_an_event_that_is_not_there_cannot_be_undone(store: Operational) -> None:
    with pytest.raises(CurationError, match="no event 7"):
        undo(store, 7, at=START, author="kim")
    assert all_events(store) == []


def test_the_events_of_a_topic_are_those_that_name_it_and_their_undos(store: Operational) -> None:
    for event in log(
        ("rename", {"topic": "T1", "label": "Late"}),
        ("rename", {"topic": "T2", "label": "Lost"}),
        ("merge", {"into": "T2", "topics": ["T3", "T1"]}),
        ("split", {"topic": "T2", "mentions": ["a-0"]}),
        ("move", {"mention": "b-0", "topic": "S4"}),
        ("undo", {"event_id": 1}),
        ("undo", {"event_id": 2}),
        ("undo", {"event_id": 6}),
        ("exclude_mentions", {"mentions": ["c-0"]}),
    ):
        append(store, event)
    assert [event.event_id for event in events_of(store, ["T1"])] == [1, 3, 6, 8]
    assert [event.event_id for event in events_of(store, ["S4"])] == [4, 5]


@hypothesis_settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=logs(most=8))
def test_any_log_comes_back_whole(
    events: list[CurationEvent], tmp_path_factory: pytest.TempPathFactory
) -> None:
    layout = Layout(tmp_path_factory.mktemp("var"))
    with open_operational(layout, StoreSettings()) as store:
        for event in events:
            assert append(store, event) == event.event_id
        assert all_events(store) == events


_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pydantic import SecretStr
from issuemine.config import StoreSettings
from issuemine.records import CurationEvent
from issuemine.store.layout import Layout
from issuemine.store.operational import open_operational
from issuemine.store.operational.events import append
folder, name, url = sys.argv[1:]
settings = StoreSettings(operational_url=SecretStr(url) if url else None)
sys.stdin.readline()
with open_operational(Layout(Path(folder)), settings) as store:
    for number in range(100):
        note = {"topic": "T1", "text": f"{name} {number}"}
        append(store, CurationEvent(datetime.now(UTC), name, "note", note))
"""


def test_processes_that_open_and_write_at_once_lose_nothing(layout: Layout, settings: StoreSettings) -> None:
    url = settings.operational_url or SecretStr("")
    names = ("kim", "lee", "park")
    command = [sys.executable, "-c", _WRITER, str(layout.folder)]
    writers = [
        subprocess.Popen(  # noqa: S603 - our own program
            [*command, name, url.get_secret_value()], cwd=ROOT, stdin=subprocess.PIPE, text=True
        )
        for name in names
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with open_operational(layout, settings) as store:
        events = all_events(store)
    assert [event.event_id for event in events] == list(range(1, 301))
    for name in names:
        mine = [event.payload["text"] for event in events if event.author == name]
        assert mine == [f"{name} {number}" for number in range(100)]
