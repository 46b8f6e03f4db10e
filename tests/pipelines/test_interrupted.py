"""Runs that are stopped or killed: what is left, and what the next run makes of it."""

import signal
from pathlib import Path

import httpx
import orjson
import pytest
from filelock import FileLock
from prometheus_client.parser import text_string_to_metric_families

from issuemine.store.export import export_lines
from issuemine.store.layout import Layout
from issuemine.store.lock import is_held
from issuemine.store.manifests import manifests
from issuemine.store.pointer import served
from issuemine.store.snapshot import Snapshots
from tests.pipelines.processes import MARKER, events, issuemine, start, wait_until, write_corpus
from tests.pipelines.serving import serving

STAGES = (
    "gather",
    "load",
    "split",
    "curate",
    "plan",
    "embed",
    "index",
    "intent",
    "discover",
    "link",
    "place",
    "causes",
    "signal",
    "changes",
    "publish",
    "tidy",
)


def exported(layout: Layout) -> list[bytes]:
    return list(export_lines(Snapshots(layout).current()))


def cut_off(corpus: Path, layout: Layout, stage: str, number: signal.Signals, log: Path) -> int:
    """Start a run, send it a signal when it has begun a stage, and give its exit code.

    The pointer is held still meanwhile, so that not even a fast run can end before its signal.
    """
    before = len(events(log))
    layout.create()
    with FileLock(layout.switch):
        process = start("run", corpus, "--warehouse", layout.folder, "--log", log)
        try:
            wait_until(
                lambda: any(
                    event["event"] == "stage started" and event["stage"] == stage
                    for event in events(log)[before:]
                ),
                process,
            )
            process.send_signal(number)
            process.wait(timeout=120)
        finally:
            process.kill()
            process.communicate()
    assert not is_held(layout.lock)
    return process.returncode


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Layout, Path]:
    """A corpus, the warehouse of one run over it that nobody disturbed, and its log."""
    folder = tmp_path_factory.mktemp("clean")
    corpus = write_corpus(folder / "corpus.jsonl")
    (folder / "settings.toml").write_text(
        f'[run]\nlog_file = "{folder}/run.log"\nmetrics_file = "{folder}/run.prom"\n'
    )
    done = issuemine("run", corpus, "--warehouse", folder / "var", "--config", folder / "settings.toml")
    assert done.returncode == 0, done.stderr
    return corpus, Layout(folder / "var"), folder / "run.log"


def test_runs_that_are_stopped_or_killed_become_the_run_that_nobody_disturbed(
    clean: tuple[Path, Layout, Path], tmp_path: Path
) -> None:
    corpus, undisturbed, _ = clean
    layout, log = Layout(tmp_path / "var"), tmp_path / "run.log"
    for attempt, (stage, number, code) in enumerate(
        (
            ("load", signal.SIGKILL, -9),
            ("embed", signal.SIGTERM, 143),
            ("publish", signal.SIGTERM, 143),
        ),
        start=1,
    ):
        assert cut_off(corpus, layout, stage, number, log) == code
        (known,) = manifests(layout)
        assert (known["run_id"], known["outcome"], known["attempts"]) == ("r00001", "interrupted", attempt)
        assert served(layout) is None
    (layout.folder / "warehouse.seal.json.new").write_bytes(b"half")
    done = issuemine("run", corpus, "--warehouse", layout.folder, "--json")
    assert done.returncode == 0, done.stderr
    told = orjson.loads(done.stdout)["run"]
    assert (told["run_id"], told["attempts"], told["counts"]["new_records"]) == ("r00001", 4, 30)
    assert exported(layout) == exported(undisturbed)
    assert not [*layout.folder.rglob("*.building*"), *layout.folder.rglob("*.new")]
    assert [event["event"] for event in events(log) if event["event"].startswith("run ")] == [
        "run started",
        *("run started", "run interrupted") * 2,
    ]


def test_a_stopped_run_leaves_the_last_snapshot_served(
    clean: tuple[Path, Layout, Path], tmp_path: Path
) -> None:
    """Also a run that failed keeps its row and id; the figures of all of them can be read."""
    _, layout, log = clean
    with serving(layout.folder) as address:
        assert httpx.get(f"{address}/readyz").json()["snapshot"] == "r00001"
        too_bad = write_corpus(tmp_path / "more.jsonl", bad_rows=40)
        failed = issuemine("run", too_bad, "--warehouse", layout.folder, "--metrics", tmp_path / "run.prom")
        assert failed.returncode == 4, failed.stderr
        metrics = parsed(tmp_path / "run.prom")
        assert metrics["issuemine_last_run_outcome", "failed"] == 1
        assert metrics["issuemine_last_run_exit_code", ""] == 4
        assert metrics["issuemine_last_run_records", "rejected"] == 40
        assert metrics["issuemine_topics", ""] > 0
        more = write_corpus(tmp_path / "more.jsonl", bad_rows=0)
        assert cut_off(more, layout, "discover", signal.SIGTERM, log) == 143
        assert httpx.get(f"{address}/readyz").json()["snapshot"] == "r00001"
        assert httpx.get(f"{address}/v1/topics").status_code == 200
    listed = orjson.loads(issuemine("runs", "--warehouse", layout.folder, "--json").stdout)["runs"]
    assert [(run["run"], run["outcome"], run["snapshot"]) for run in listed] == [
        ("r00003", "interrupted", None),
        ("r00002", "failed", None),
        ("r00001", "done", "served"),
    ]


def parsed(path: Path) -> dict[tuple[str, str], float]:
    """Figures of a metrics file by name and the value of their label, if any."""
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def test_log_and_metrics_of_a_run_tell_its_figures_and_no_text(clean: tuple[Path, Layout, Path]) -> None:
    _, layout, log = clean
    told = [event for event in events(log) if event.get("run") in (None, "r00001")]
    stages = [event["stage"] for event in told if event["event"] == "stage finished"]
    assert stages == list(STAGES)
    assert [event["event"] for event in told if not event["event"].startswith("stage")] == [
        "run started",
        "snapshot published",
        "run finished",
    ]
    assert told[-1]["counts"]["new_records"] == 30
    assert told[-1]["counts"]["rejected"] == 2
    metrics = parsed(log.with_suffix(".prom"))
    assert metrics["issuemine_last_run_outcome", "done"] == 1
    assert metrics["issuemine_last_run_outcome", "failed"] == 0
    assert metrics["issuemine_last_run_records", "new"] == 30
    assert metrics["issuemine_last_run_records", "rejected"] == 2
    assert metrics["issuemine_mentions", ""] == 30
    assert metrics["issuemine_snapshot_bytes", ""] == layout.snapshot("r00001").stat().st_size
    assert metrics["issuemine_last_run_stage_seconds", "embed"] > 0
    first = metrics["issuemine_last_run_start_timestamp_seconds", ""]
    assert first < metrics["issuemine_last_run_end_timestamp_seconds", ""]
    assert 0 <= metrics["issuemine_unassigned_share", ""] <= 1
    assert MARKER in b"".join(exported(layout)).decode()
    for text in (log.read_text(), log.with_suffix(".prom").read_text()):
        assert MARKER not in text
        assert "declined" not in text
