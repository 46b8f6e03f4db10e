"""Nights that are killed at any point, again and again, become the night that nobody disturbed."""

import shutil
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import numpy as np
import orjson
import pytest

from issuemine.config import Settings
from issuemine.inbox import Intake
from issuemine.store.export import export_lines
from issuemine.store.inbox import Inbox, read_post
from issuemine.store.layout import Layout
from issuemine.store.lock import is_held
from issuemine.store.manifests import manifests
from issuemine.store.pointer import served
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.pipelines.children import finish, fork_server, kill_when, start
from tests.pipelines.growing import say_a_few_things, two_nights
from tests.pipelines.polling import polled
from tests.pipelines.processes import MARKER, events
from tests.pipelines.sending import PERSONAL, Senders, workers_serving
from tests.pipelines.serving import serving
from tests.pipelines.test_interrupted import STAGES

SENT = "sent"
"""A record that came by the inbox."""
ROW = 5
"""Kills one after the other on the same folder, before the night is let end."""


@dataclass(frozen=True)
class World:
    """A warehouse before its second night, and that night's command."""

    server: ForkServerContext
    base: Path
    inputs: list[Path]
    anew: bool

    def copy(self, folder: Path) -> Layout:
        shutil.copytree(self.base, folder)
        return Layout(folder)

    def night(self, layout: Layout, log: Path) -> None:
        finish(start(self.server, self.inputs, layout.folder, log, self.anew))

    def killed_night(self, layout: Layout, log: Path, stage: str, delay: float) -> str | None:
        """Stage in which the night was killed: the one asked for, or a later one if the delay outlasts it.

        Without a delay the night is held at the beginning of the stage.
        """
        told = len(events(log))
        hold = None if delay else stage
        process = start(self.server, self.inputs, layout.folder, log, self.anew, hold)
        killed = kill_when(process, lambda: stage in started(log, told), delay)
        assert not is_held(layout.lock)
        return started(log, told)[-1] if killed else None


def started(log: Path, told: int) -> list[str]:
    return [str(event["stage"]) for event in events(log)[told:] if event["event"] == "stage started"]


def exported(layout: Layout, run_id: str) -> list[bytes]:
    return list(export_lines(Snapshot(layout.snapshot(run_id))))


@pytest.fixture(scope="module")
def server() -> ForkServerContext:
    return fork_server()


@pytest.fixture(scope="module")
def base(server: ForkServerContext, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse after its first night, in which people said and sent things; the second night's file."""
    folder = tmp_path_factory.mktemp("base")
    first, second = two_nights(folder)
    finish(start(server, [first], folder / "var", folder / "run.log"))
    snapshot = Snapshots(Layout(folder / "var")).current()
    say_a_few_things(folder / "var", snapshot)
    snapshot.close()
    send_a_few_records(Layout(folder / "var"), first)
    return folder / "var", second


def send_a_few_records(layout: Layout, first: Path) -> None:
    """A new record, one that is known with another text, and rows that cannot be used, in three posts."""
    known, other = (orjson.loads(line) for line in first.read_bytes().splitlines()[:2])
    known["updated_at"] = "2026-07-01T00:00:00Z"  # the second night's file has changed it before
    intake = Intake(layout, Settings())
    intake.accept([other | {"ticket_id": SENT}, other | {"ticket_id": "bad", "body": ""}], "desk")
    intake.accept([known | {"body": "It was sent twice, and only this counts."}, 7], "desk")
    intake.accept([known | {"body": "It was sent again: this counts."}], "desk")


def chain(
    world: World,
    layout: Layout,
    log: Path,
    points: list[tuple[str, float]],
    undisturbed: list[bytes],
) -> list[str]:
    """Kill the night at some points in a row, then let it end; gives the stages of the kills.

    A night whose snapshot became the one served before it was killed has done all its work.
    """
    stages = []
    for stage, delay in points:
        killed = world.killed_night(layout, log, stage, delay)
        stages += [killed] if killed else []
        if served(layout) == "r00002":
            break
        assert served(layout) == "r00001"
        assert [known["outcome"] for known in manifests(layout)] == ["interrupted", "done"]
    else:
        world.night(layout, log)
    assert served(layout) == "r00002"
    assert exported(layout, "r00002") == undisturbed
    return stages


def test_what_was_sent_and_published_does_not_come_back_when_the_run_is_killed_before_it_deletes_it(
    server: ForkServerContext, base: tuple[Path, Path], tmp_path: Path
) -> None:
    warehouse, second = base
    world = World(server, warehouse, [second], anew=False)
    layout, log = world.copy(tmp_path / "var"), tmp_path / "run.log"
    assert world.killed_night(layout, log, "tidy", 0.0) == "tidy"
    assert served(layout) == "r00002"
    assert len(Inbox(layout).waiting()) == 3
    later = tmp_path / "later.jsonl"
    rows = [orjson.loads(line) for line in exported(layout, "r00002")]
    (sent,) = [row["row"] for row in rows if row["row"].get("external_id") == SENT]
    later.write_bytes(
        orjson.dumps({"ticket_id": SENT, "created_at": sent["created_at"], "body": "Told anew, in a file."})
    )
    World(server, warehouse, [later], anew=False).night(layout, log)
    assert Inbox(layout).waiting() == []
    rows = [orjson.loads(line) for line in exported(layout, "r00003")]
    (record,) = [row["row"] for row in rows if row["row"].get("external_id") == SENT]
    assert record["text"] == "Told anew, in a file."
    places = [(row["row"]["file"], row["row"]["row"]) for row in rows if row["table"] == "rejects"]
    assert len(places) == len(set(places))
    assert sum(file.startswith("inbox/") for file, _ in places) == 2


@pytest.mark.parametrize("anew", [False, True], ids=["assigned", "discovered anew and restated"])
def test_nights_killed_in_every_stage_become_the_night_that_nobody_disturbed(
    server: ForkServerContext, base: tuple[Path, Path], tmp_path: Path, anew: bool
) -> None:
    warehouse, second = base
    world = World(server, warehouse, [second], anew)
    alone, log = world.copy(tmp_path / "alone"), tmp_path / "alone.log"
    world.night(alone, log)
    undisturbed = exported(alone, "r00002")
    seconds = {
        str(event["stage"]): float(str(event["seconds"]))
        for event in events(log)
        if event["event"] == "stage finished"
    }
    assert tuple(seconds) == STAGES
    rng = np.random.default_rng(7)
    points = [(stage, 0.0) for stage in STAGES]
    points += [(stage, float(rng.uniform(0.05, 1)) * seconds[stage]) for stage in STAGES]
    killed: Counter[str] = Counter()
    layout = world.copy(tmp_path / "0")
    with serving(layout.folder) as address, polled(address, ("r00001", "r00002")) as seen:
        killed.update(chain(world, layout, tmp_path / "0.log", points[:ROW], undisturbed))
        seen.wait_for("r00002")
    assert set(seen.snapshots) == {"r00001", "r00002"}
    for at in range(ROW, len(points), ROW):
        layout = world.copy(tmp_path / str(at))
        killed.update(chain(world, layout, tmp_path / f"{at}.log", points[at : at + ROW], undisturbed))
    assert set(killed) == set(STAGES)


def test_what_was_acknowledged_before_a_kill_of_the_service_is_published_once_and_redacted(
    server: ForkServerContext, tmp_path: Path
) -> None:
    layout, log = Layout(tmp_path / "var"), tmp_path / "access.jsonl"
    rng = np.random.default_rng(11)
    acknowledged: dict[str, list[str]] = {}
    for life, workers in enumerate((2, 1)):
        with workers_serving(layout, log, workers) as address:
            senders = Senders(address, life)
            enough = int(rng.integers(8, 20))
            senders.wait_for(enough)
            time.sleep(float(rng.uniform(0, 0.05)))
        senders.join()
        acknowledged |= senders.acknowledged
        waiting = {post.receipt_id: post for post in Inbox(layout).waiting()}
        assert acknowledged.keys() <= waiting.keys()
        for receipt, ids in acknowledged.items():
            assert read_post(waiting[receipt])[0]["external_id"].to_pylist() == ids
    waited = sum(post.records for post in Inbox(layout).waiting())
    finish(start(server, [], layout.folder, tmp_path / "run.log"))
    assert manifests(layout)[0]["counts"]["inbox_records"] == waited
    assert Inbox(layout).waiting() == []
    lines = [orjson.loads(line) for line in exported(layout, "r00001")]
    records = [line["row"] for line in lines if line["table"] == "records"]
    published = Counter(record["external_id"] for record in records)
    assert {name for ids in acknowledged.values() for name in ids} <= published.keys()
    assert set(published.values()) == {1}
    assert all(MARKER in record["text"] for record in records)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for part in PERSONAL:
        assert not any(part in record["text"] for record in records)
        assert [path.name for path in files if part.encode() in path.read_bytes()] == []
    logs = [path.read_text() for path in (log, log.with_suffix(".err"), tmp_path / "run.log")]
    assert not any(MARKER in text for text in logs)
