"""The command line as people use it: real processes, exit codes, nothing but JSON on standard output."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from tests.conftest import Mined
from tests.pipelines.processes import issuemine
from tests.pipelines.serving import serving


def test_help_names_every_command() -> None:
    done = issuemine("--help")
    assert done.returncode == 0
    for command in (
        "run",
        "runs",
        "rollback",
        "backup",
        "restore",
        "export",
        "sample",
        "topics",
        "serve",
        "evaluate",
    ):
        assert command in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("frobnicate",),
        ("topics", "--top", "0"),
        ("run", "x.csv", "--as-of", "yesterday"),
        ("run", "x.csv", "--config", "none.toml"),
        ("sample", "out", "--languages", "fr"),
    ],
)
def test_bad_usage_and_settings_end_with_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = issuemine(*arguments, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_topics_print_as_json_and_as_a_table(mined: Mined) -> None:
    done = issuemine("topics", "--warehouse", mined.warehouse, "--top", "5", "--json")
    assert done.returncode == 0, done.stderr
    found = orjson.loads(done.stdout)
    assert len(found["topics"]) == 5
    top = found["topics"][0]
    assert {
        "topic_id",
        "label",
        "records",
        "share",
        "growth",
        "trend",
        "keywords",
        "quotes",
        "linked",
    } <= set(top)
    table = issuemine("topics", "--warehouse", mined.warehouse, "--top", "5")
    assert table.returncode == 0
    for topic in found["topics"]:
        assert f"{topic['records']:,}" in table.stdout


def test_topics_of_an_empty_folder_say_what_to_do(tmp_path: Path) -> None:
    done = issuemine("topics", "--warehouse", tmp_path)
    assert done.returncode == 1
    assert "issuemine run" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def served(mined: Mined) -> Iterator[str]:
    """Address of a service in a process of its own."""
    with serving(mined.warehouse) as address:
        yield address


def test_serve_answers_over_http_with_the_same_figures(served: str, mined: Mined) -> None:
    assert httpx.get(f"{served}/readyz").json()["status"] == "ready"
    page = httpx.get(f"{served}/v1/topics", params={"limit": 5}).json()
    listed = orjson.loads(issuemine("topics", "--warehouse", mined.warehouse, "--top", "5", "--json").stdout)
    for over_http, listed_topic in zip(page["topics"], listed["topics"], strict=True):
        for figure in ("topic_id", "label", "records", "share", "growth", "keywords"):
            assert over_http[figure] == listed_topic[figure]


GOOD = "id,date,text\n" + "".join(
    f"{i},2026-01-{i % 27 + 1:02d},the card was declined {i}\n" for i in range(60)
)


def bad_inputs() -> dict[str, tuple[bytes, str]]:
    """Name of a file to its content and what its message must say."""
    return {
        "empty.csv": (b"", "empty"),
        "header_only.csv": (b"id,date,text\n", "no rows|header"),
        "nul.csv": (b"id,date,text\n" + b"\0" * 4096, "NUL|text"),
        "no_text.csv": (b"id,date\n1,2026-01-01\n", "text"),
        "no_date.csv": (b"id,date,text\n1,soon,it fails\n2,later,it fails again\n", "date"),
        "twice.csv": (b"id,date,text,text\n1,2026-01-01,a b c,d e f\n", "text"),
        "cut.parquet": (b"PAR1\x15\x04\x15\x10\x15", "Parquet|parquet"),
        "encoding.csv": ("id,date,text\n1,2026-01-01,결제가 안 돼요\n".encode("utf-16-le")[:-1], "encod|UTF"),
    }


@pytest.mark.parametrize("name", bad_inputs())
def test_a_file_that_cannot_be_used_is_named_with_the_reason(name: str, tmp_path: Path) -> None:
    content, said = bad_inputs()[name]
    (tmp_path / name).write_bytes(content)
    done = issuemine("run", name, folder=tmp_path)
    assert done.returncode == 4, done.stdout
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    assert re.search(said, done.stderr), done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = issuemine("run", "nothing.csv", folder=tmp_path)
    assert done.returncode == 4
    assert "nothing.csv" in done.stderr


def test_a_wrongly_declared_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "korean.csv").write_bytes("id,date,text\n1,2026-01-01,결제가 안 돼요\n".encode("cp949"))
    (tmp_path / "settings.toml").write_text('[ingest]\nencoding = "utf-8"\n')
    done = issuemine("run", "korean.csv", "--config", "settings.toml", folder=tmp_path)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "encoding" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text(GOOD)
    file.chmod(0)
    done = issuemine("run", "secret.csv", folder=tmp_path)
    assert done.returncode == 4
    assert "secret.csv" in done.stderr


def test_broken_rows_are_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        orjson.dumps({"id": i, "date": "2026-01-05", "text": f"the card was declined {i}"}) for i in range(60)
    ]
    lines[30] = b'{"id": 30, "date": '
    lines[40] = b'{"id": 40, "date": "2026-01-05", "text": "' + b"x" * 50_000_000 + b'"}'
    (tmp_path / "chats.jsonl").write_bytes(b"\n".join(lines))
    done = issuemine("run", "chats.jsonl", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    counts = orjson.loads(done.stdout)["run"]["counts"]
    assert (counts["rows"], counts["rejected"], counts["new_records"]) == (60, 2, 58)


def test_too_many_rejects_stop_the_run_before_it_publishes(tmp_path: Path) -> None:
    rows = "".join(f"{i},2026-01-05,{'the card was declined' if i % 2 else ''}\n" for i in range(40))
    (tmp_path / "half.csv").write_text("id,date,text\n" + rows)
    done = issuemine("run", "half.csv", folder=tmp_path)
    assert done.returncode == 4
    assert "max_reject_share" in done.stderr
    assert not (tmp_path / "var" / "snapshots" / "current.json").exists()


def test_an_output_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "var").write_text("a file where the folder should be")
    done = issuemine("run", "good.csv", folder=tmp_path)
    assert done.returncode == 5
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:  # noqa: S603
        pytest.skip("a small file system can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def test_a_full_disk_is_told(small_disk: Path, mined: Mined, tmp_path: Path) -> None:
    done = issuemine("run", mined.sample, "--warehouse", small_disk / "var", folder=tmp_path)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr.lower() or "space" in done.stderr.lower(), done.stderr


def test_evaluate_prints_its_figures_as_json(tmp_path: Path) -> None:
    groups = {
        "card": "my {} card was declined at the shop",
        "login": "I cannot log in to my {} account",
        "parcel": "the {} parcel has not been delivered",
    }
    things = ("new", "old", "blue", "second", "first", "family", "business", "personal", "big", "small")
    rows = [f"{text.format(thing)},{name}" for name, text in groups.items() for thing in things]
    (tmp_path / "labelled.csv").write_text("text,label\n" + "\n".join(rows) + "\n")
    done = issuemine(
        "evaluate", "labelled.csv", "--text", "text", "--label", "label", "--json", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    figures = orjson.loads(done.stdout)
    assert figures["n_texts"] == 30
    assert figures["nmi"] > 0.9
    assert {"n_topics", "unassigned_share", "ari", "ami", "encode_seconds", "cluster_seconds"} <= set(figures)


def test_evaluate_names_a_missing_column(tmp_path: Path) -> None:
    (tmp_path / "labelled.csv").write_text("text,label\na b c,x\n")
    done = issuemine("evaluate", "labelled.csv", "--text", "body", "--label", "label", folder=tmp_path)
    assert done.returncode == 4
    assert "body" in done.stderr
    assert "Traceback" not in done.stderr
