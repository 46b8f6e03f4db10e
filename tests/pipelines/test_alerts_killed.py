"""Nights that are killed around their alerts, and a replay of them: nobody is told twice, or not at all."""

import shutil
from collections import Counter
from datetime import date, timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import orjson
import pytest

from issuemine.store.layout import Layout
from issuemine.store.pointer import served
from tests.issuemine.alerts.servers import Receiver, hanging, receiving
from tests.pipelines.alerts_world import QUICK, webhook
from tests.pipelines.children import finish, fork_server, kill_when, run_replay, start
from tests.pipelines.growing import two_nights
from tests.pipelines.processes import events

RULE = {"news_only": False}


def told(receiver: Receiver) -> dict[str, Any]:
    channels = {"ops": webhook(receiver.url)}
    return QUICK | {"channels": channels, "rules": [RULE], "timeout_seconds": 100, "run_seconds": 100}


@pytest.fixture(scope="module")
def server() -> ForkServerContext:
    return fork_server()


@pytest.fixture(scope="module")
def base(server: ForkServerContext, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse after its first night, and the second night's file."""
    folder = tmp_path_factory.mktemp("base")
    first, second = two_nights(folder)
    with receiving(200) as receiver:
        finish(start(server, [first], folder / "var", folder / "run.log", False, None, told(receiver)))
    return folder / "var", second


@pytest.fixture(scope="module")
def undisturbed(
    server: ForkServerContext, base: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """Keys of what a second night tells that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    warehouse, second = base
    shutil.copytree(warehouse, folder / "var")
    with receiving(200) as receiver:
        for _ in range(2):
            finish(start(server, [second], folder / "var", folder / "log", False, None, told(receiver)))
    assert receiver.ids
    assert len(set(receiver.ids)) == len(receiver.ids)
    return receiver.ids


@pytest.mark.parametrize("point", ["publish", "run finished", "alerts queued", "alert sent"])
def test_a_night_that_is_killed_tells_all_once(
    server: ForkServerContext, base: tuple[Path, Path], undisturbed: list[str], tmp_path: Path, point: str
) -> None:
    warehouse, second = base
    layout, log = Layout(tmp_path / "var"), tmp_path / "log"
    shutil.copytree(warehouse, layout.folder)

    def reached() -> bool:
        return any(point in (event["event"], event.get("stage")) for event in events(log))

    with receiving(200) as receiver:
        killed = start(server, [second], layout.folder, log, False, point, told(receiver))
        assert kill_when(killed, reached, 0)
        assert served(layout) == ("r00001" if point == "publish" else "r00002")
        assert len(receiver.ids) == (point == "alert sent")
        finish(start(server, [second], layout.folder, log, False, None, told(receiver)))
    assert Counter(receiver.ids) == Counter(undisturbed)


def test_a_message_that_was_under_way_when_the_night_was_killed_is_repeated_under_its_key(
    server: ForkServerContext, base: tuple[Path, Path], undisturbed: list[str], tmp_path: Path
) -> None:
    warehouse, second = base
    shutil.copytree(warehouse, tmp_path / "var")
    with receiving(hanging, 200) as receiver:
        killed = start(server, [second], tmp_path / "var", tmp_path / "log", False, None, told(receiver))
        assert kill_when(killed, lambda: bool(receiver.requests), 0)
        finish(start(server, [second], tmp_path / "var", tmp_path / "log", False, None, told(receiver)))
    assert Counter(receiver.ids) == Counter([receiver.ids[0], *undisturbed])


def test_a_replay_tells_nobody_not_even_later_unless_it_is_asked_to(
    server: ForkServerContext, base: tuple[Path, Path], tmp_path: Path
) -> None:
    warehouse, second = base
    newest = max(str(orjson.loads(line)["created_at"]) for line in second.read_bytes().splitlines())
    last = date.fromisoformat(newest[:10])
    days = [last - timedelta(days=1), last]
    silent, loud = tmp_path / "silent", tmp_path / "loud"
    for folder in (silent, loud):
        shutil.copytree(warehouse, folder)
    with receiving(200) as receiver:
        asked = told(receiver)
        finish(start(server, [second], silent, days, asked, None, target=run_replay))
        finish(start(server, [second], silent, tmp_path / "log", False, None, asked))
        assert receiver.ids == []
        for _ in range(2):
            finish(start(server, [second], loud, days, asked, True, target=run_replay))
    assert receiver.ids
    assert len(set(receiver.ids)) == len(receiver.ids)
