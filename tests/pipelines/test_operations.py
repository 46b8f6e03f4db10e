"""Operating over the real command line, while a real service answers."""

import shutil
import threading
from pathlib import Path

import httpx
import orjson
import pytest

from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.manifests import keep_manifest
from tests.issuemine.store.prepared import publish_three
from tests.issuemine.store.test_damage import flip
from tests.pipelines.processes import issuemine, write_corpus
from tests.pipelines.serving import serving


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    layout = publish_three(tmp_path_factory.mktemp("prepared") / "var")
    counts = {"new_records": 3, "topics": 1, "mentions": 4, "unassigned_mentions": 1}
    for number, outcome in enumerate(("done", "done", "done", "failed"), start=1):
        manifest = {"run_id": f"r0000{number}", "as_of": "2026-12-31", "outcome": outcome, "attempts": 1}
        manifest |= {"started_at": "2027-01-01", "finished_at": "2027-01-01", "counts": counts}
        keep_manifest(layout, manifest | {"seconds": {"embed": 1.5}, "stability": {"kept_topics": 0.97}})
    return layout


@pytest.fixture
def var(prepared: Layout, tmp_path: Path) -> Layout:
    shutil.copytree(prepared.folder, tmp_path / "var")
    return Layout(tmp_path / "var")


def test_backup_restore_and_rollback_while_the_service_answers(var: Layout, tmp_path: Path) -> None:
    statuses: list[int] = []
    done = threading.Event()
    with serving(var.folder) as address:

        def poll() -> None:
            with httpx.Client() as client:
                while not done.is_set():
                    statuses.append(client.get(f"{address}/readyz").status_code)

        poller = threading.Thread(target=poll)
        poller.start()
        try:
            made = issuemine("backup", tmp_path / "backup.tar", "--warehouse", var.folder)
            assert made.returncode == 0, made.stderr
            back = issuemine("rollback", "r00001", "--warehouse", var.folder)
            assert back.returncode == 0, back.stderr
            assert httpx.get(f"{address}/readyz").json()["snapshot"] == "r00001"
            again = issuemine("restore", tmp_path / "backup.tar", "--warehouse", var.folder, "--force")
            assert again.returncode == 0, again.stderr
            assert httpx.get(f"{address}/readyz").json()["snapshot"] == "r00003"
        finally:
            done.set()
            poller.join()
        flip(var.snapshot("r00003"))
        answer = httpx.get(f"{address}/v1/topics", headers={"Accept-Language": "en"})
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert "r00003.duckdb" in answer.json()["detail"]
        assert httpx.get(f"{address}/healthz").status_code == 200
    assert set(statuses) == {200}


def test_a_restored_export_is_byte_equal(var: Layout, tmp_path: Path) -> None:
    assert issuemine("backup", tmp_path / "backup", "--warehouse", var.folder).returncode == 0
    assert issuemine("restore", tmp_path / "backup", "--warehouse", tmp_path / "fresh").returncode == 0
    for folder, file in ((var.folder, "one.jsonl"), (tmp_path / "fresh", "two.jsonl")):
        made = issuemine("export", tmp_path / file, "--warehouse", folder)
        assert made.returncode == 0, made.stderr
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_runs_are_listed_with_what_is_served_even_while_one_is_at_work(var: Layout) -> None:
    with one_run_at_a_time(var.lock):
        table = issuemine("runs", "--warehouse", var.folder)
        listed = orjson.loads(issuemine("runs", "--warehouse", var.folder, "--json").stdout)["runs"]
    assert [(run["run"], run["outcome"], run["published"], run["snapshot"]) for run in listed] == [
        ("r00004", "failed", False, None),
        ("r00003", "done", True, "served"),
        ("r00002", "done", True, "kept"),
        ("r00001", "done", True, "kept"),
    ]
    assert listed[0]["unassigned_share"] == 0.25
    for run in listed:
        assert run["run"] in table.stdout


def test_a_run_is_shown_whole_with_its_stability(var: Layout) -> None:
    shown = issuemine("runs", "show", "r00003", "--warehouse", var.folder)
    assert shown.returncode == 0, shown.stderr
    for word in ("stability", "kept_topics", "0.970", "new_records", "served"):
        assert word in shown.stdout
    as_json = issuemine("runs", "show", "r00003", "--warehouse", var.folder, "--json")
    assert orjson.loads(as_json.stdout)["stability"] == {"kept_topics": 0.97}


def test_names_that_are_not_there_end_with_2_and_those_that_are(var: Layout) -> None:
    for arguments in (("rollback", "r00009"), ("runs", "show", "r00009"), ("export", "-", "--run", "r00009")):
        done = issuemine(*arguments, "--warehouse", var.folder)
        assert done.returncode == 2
        assert "r00003" in done.stderr


def test_another_run_at_work_ends_with_3_and_leaves_the_metrics_to_it(var: Layout, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl")
    arguments = ("--warehouse", var.folder, "--metrics", tmp_path / "run.prom", "--log", tmp_path / "log")
    with one_run_at_a_time(var.lock):
        done = issuemine("run", corpus, *arguments)
        backup = issuemine("backup", tmp_path / "backup", "--warehouse", var.folder)
    assert done.returncode == 3, done.stderr
    assert backup.returncode == 3, backup.stderr
    assert not (tmp_path / "run.prom").exists()
    assert orjson.loads((tmp_path / "log").read_bytes())["event"] == "run refused"


def test_a_damaged_store_ends_with_5_and_the_snapshot_stays_served(var: Layout, tmp_path: Path) -> None:
    flip(var.warehouse)
    corpus = write_corpus(tmp_path / "corpus.jsonl")
    done = issuemine("run", corpus, "--warehouse", var.folder, "--log", "-")
    assert done.returncode == 5
    assert "issuemine restore" in done.stderr
    assert '"event":"run failed"' in done.stderr
    assert "Traceback" not in done.stderr
    assert issuemine("topics", "--warehouse", var.folder).returncode == 0
    flip(var.snapshot("r00003"))
    listed = issuemine("topics", "--warehouse", var.folder)
    assert listed.returncode == 5
    assert "issuemine rollback r00002" in listed.stderr
    assert issuemine("rollback", "r00002", "--warehouse", var.folder).returncode == 0
    assert issuemine("topics", "--warehouse", var.folder).returncode == 0
