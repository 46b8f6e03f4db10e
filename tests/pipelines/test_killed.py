"""Nights that are killed at any point, again and again, become the night that nobody disturbed."""

import shutil
from collections import Counter
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import numpy as np
import pytest

from issuemine.store.export import export_lines
from issuemine.store.layout import Layout
from issuemine.store.lock import is_held
from issuemine.store.manifests import manifests
from issuemine.store.pointer import served
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.pipelines.children import finish, fork_server, kill_when, start
from tests.pipelines.growing import say_a_few_things, two_nights
from tests.pipelines.polling import polled
from tests.pipelines.processes import events
from tests.pipelines.serving import serving
from tests.pipelines.test_interrupted import STAGES

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
    """A warehouse after its first night, in which people said a few things, and the second night's file."""
    folder = tmp_path_factory.mktemp("base")
    first, second = two_nights(folder)
    finish(start(server, [first], folder / "var", folder / "run.log"))
    snapshot = Snapshots(Layout(folder / "var")).current()
    say_a_few_things(folder / "var", snapshot)
    snapshot.close()
    return folder / "var", second


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
