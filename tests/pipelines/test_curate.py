"""Curation as people do it on the command line."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from issuemine.config import StoreSettings
from issuemine.curation import fold
from issuemine.records import CurationEvent
from issuemine.store.layout import Layout
from issuemine.store.operational import open_operational
from issuemine.store.operational.events import all_events
from pipelines.cli import main
from tests.conftest import Mined
from tests.pipelines.snapshots import TEXTS, publish_by_hand
from tests.pipelines.test_cli import issuemine

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return publish_by_hand(tmp_path / "var")


@pytest.fixture
def curate(layout: Layout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run ``issuemine`` in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "120")

    def command(*arguments: str) -> tuple[int, str, str]:
        words = arguments if arguments[0] == "mentions" else ("curate", *arguments)
        monkeypatch.setattr(sys, "argv", ["issuemine", *words, "--warehouse", str(layout.folder)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), told.out, told.err

    return command


def events(layout: Layout) -> list[CurationEvent]:
    with open_operational(layout, StoreSettings()) as store:
        return all_events(store)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", "T1", "T2", "T3"), "T1 takes in T2, T3"),
        (("move", "bb22-0", "T1"), "mention bb22-0 belongs to T1"),
        (("move", "bb22-0", "none"), "mention bb22-0 belongs to no topic"),
        (("exclude", "T3"), "T3 is excluded"),
        (("exclude", "--mention", "aa11-0", "--mention", "dd44-0"), "excluded mentions: aa11-0, dd44-0"),
        (("lock", "t1"), "T1 is locked"),
        (("unlock", "T1"), "T1 is no longer locked"),
        (("pin", "T1"), "T1 is pinned"),
        (("unpin", "T1"), "T1 is no longer pinned"),
        (("resolve", "T1"), "T1 is resolved"),
        (("archive", "T1"), "T1 is archived until it escalates"),
        (("reopen", "T1"), "T1 is open again"),
        (("owner", "T1", "Identity team"), "Identity team looks after T1"),
        (("ticket", "T1", "https://tracker.example/ID-7"), "worked on at https://tracker.example/ID-7"),
        (("split", "T1", "--mention", "aa11-1"), "mentions of T1 that become topic S1: 1"),
    ],
)
def test_each_command_tells_in_one_line_what_it_recorded(
    curate: Command, layout: Layout, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = curate(*arguments, "--author", "kim")
    assert (code, err) == (0, "")
    assert out.startswith("Event 1: ")
    assert said in out
    assert "next run (issuemine run)" in out
    assert out.count("\n") == 1
    assert [event.author for event in events(layout)] == ["kim"]


def test_texts_are_redacted_before_they_are_kept(curate: Command, layout: Layout) -> None:
    curate("note", "T1", "ask kim@example.com about it")
    curate("rename", "T1", "Codes to kim@example.com")
    curate("split", "T1", "--mention", "aa11-0", "--label", "From kim@example.com")
    kept = orjson.dumps([event.payload for event in events(layout)]).decode()
    assert kept.count("<EMAIL>") == 3
    assert "kim@example.com" not in kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lock", "T99"), "no topic T99"),
        (("lock", "T5"), "T5 is retired"),
        (("lock", "refund late"), r"T2 \(Refund is late\)"),
        (("lock", "S4"), "no topic S4"),
        (("move", "aa11-9", "T1"), "nearest are aa11-0, aa11-1"),
        (("split", "T1", "--mention", "bb22-0"), "belongs to T2, not to T1"),
        (("split", "T1", "--mention", "dd44-0"), "belongs to no topic, not to T1"),
        (("ticket", "T1", "ID-7"), "url"),
        (("undo", "3"), "no event 3"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_recorded(
    curate: Command, layout: Layout, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = curate(*arguments)
    assert (code, out) == (1, "")
    assert re.search(said, err), err
    assert events(layout) == []


@pytest.mark.parametrize(
    "arguments",
    [("merge", "T1", "T1"), ("split", "T1"), ("exclude",), ("exclude", "T1", "--mention", "aa11-0")],
)
def test_bad_usage_ends_with_2(curate: Command, layout: Layout, arguments: tuple[str, ...]) -> None:
    code, _, err = curate(*arguments)
    assert code == 2
    assert err.strip()
    assert events(layout) == []


def test_a_merged_topic_is_followed_and_says_so(curate: Command, layout: Layout) -> None:
    curate("merge", "T2", "T3")
    _, out, _ = curate("owner", "T3", "Payments")
    assert "T3 is T2 now" in out
    assert fold(events(layout)).owners == {"T2": "Payments"}
    code, _, err = curate("merge", "T3", "T2")
    assert (code, len(events(layout))) == (2, 2)
    assert "into itself" in err


def test_a_split_can_be_named_at_once_and_its_undo_tells_what_goes_with_it(
    curate: Command, layout: Layout
) -> None:
    curate("split", "T1", "--mention", "aa11-1")
    assert curate("owner", "S1", "Messaging")[0] == 0
    assert curate("split", "S1", "--mention", "aa11-1")[0] == 0
    assert "Events that have no effect without it: 2, 3." in curate("undo", "1")[1]
    code, _, err = curate("lock", "S1")
    assert code == 1
    assert "does not hold any more" in err
    assert "go back to T1" in err


def test_the_id_that_a_run_gave_to_a_split_and_its_provisional_name_are_one(
    curate: Command, layout: Layout
) -> None:
    curate("split", "T1", "--mention", "aa11-1")
    publish_by_hand(layout.folder, {1: "T7"})
    _, out, _ = curate("pin", "S1")
    assert "S1 is T7 now" in out
    curate("lock", "T7")
    shown = orjson.loads(curate("log", "T7", "--json")[1])
    assert [row["event_id"] for row in shown] == [1, 2, 3]


def test_the_log_tells_who_said_what_and_what_is_undone(curate: Command) -> None:
    assert "Nothing has been said yet" in curate("log")[1]
    curate("owner", "T1", "Identity", "--author", "kim")
    curate("pin", "T2", "--author", "lee")
    curate("undo", "1", "--author", "lee")
    lines = curate("log")[1].splitlines()
    assert len(lines) == 3
    assert "kim" in lines[0]
    assert lines[0].endswith("(undone)")
    assert not lines[1].endswith("(undone)")
    assert "event 1 is undone" in lines[2]
    rows = orjson.loads(curate("log", "T1", "--json")[1])
    assert [(row["event_id"], row["kind"], row["in_effect"]) for row in rows] == [
        (1, "owner", False),
        (3, "undo", True),
    ]


def test_undoing_twice_is_told(curate: Command) -> None:
    curate("pin", "T1")
    curate("undo", "1")
    code, _, err = curate("undo", "1")
    assert code == 1
    assert "undone already, by event 2" in err


def test_mentions_come_with_the_ids_and_the_texts_of_a_topic(curate: Command) -> None:
    rows = orjson.loads(curate("mentions", "T1", "--json")[1])
    assert {row["mention_id"]: row["text"] for row in rows} == {
        name: text for name, (topic, text) in TEXTS.items() if topic == "T1"
    }
    out = curate("mentions", "T1", "--find", "TEXT message")[1]
    assert "aa11-1" in out
    assert "aa11-0" not in out
    assert "dd44-0" in curate("mentions", "none")[1]
    assert "1 of 2" in curate("mentions", "T1", "--top", "1")[1]
    assert "no topic T99" in curate("mentions", "T99")[2]


def test_curation_speaks_korean(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUEMINE_INTERFACE__LANGUAGE", "ko")
    done = issuemine("curate", "lock", "T1", "--warehouse", layout.folder)
    assert done.stdout.startswith("이벤트 1번: 이슈 T1 잠금. 다음 실행")


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    done = issuemine("curate", "lock", "T1", "--warehouse", tmp_path)
    assert done.returncode == 1
    assert "issuemine run" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_curation_of_what_a_run_published(mined: Mined, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "var")
    layout.create()
    for file in (mined.warehouse / "snapshots").iterdir():
        (layout.snapshots / file.name).write_bytes(file.read_bytes())
    topics = orjson.loads(issuemine("topics", "--warehouse", layout.folder, "--json").stdout)["topics"]
    first = topics[0]["topic_id"]
    listed = issuemine("mentions", first, "--warehouse", layout.folder, "--json")
    mentions = orjson.loads(listed.stdout)
    quotes = {quote["mention_id"]: quote["text"] for quote in topics[0]["quotes"]}
    assert len(mentions) == 20
    assert all(quotes.get(row["mention_id"], row["text"]) == row["text"] for row in mentions)
    named = ("--mention", mentions[0]["mention_id"], "--mention", mentions[1]["mention_id"])
    done = issuemine("curate", "split", first, *named, "--warehouse", layout.folder)
    assert done.returncode == 0, done.stderr
    assert [event.topics for event in events(layout)] == [{first}]
