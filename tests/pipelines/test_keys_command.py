"""Keys as people make them on the command line, and a service that other machines can reach."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import orjson
import pytest

from pipelines.cli import main
from tests.pipelines.processes import DEADLINE, command, environment
from tests.pipelines.snapshots import publish_by_hand

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def issuemine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run ``issuemine`` in this process on a folder that is not there yet."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["issuemine", *arguments, "--warehouse", str(tmp_path / "var")])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return (ended.value.code if isinstance(ended.value.code, int) else 0), told.out, told.err

    return run


def test_a_key_is_shown_once_listed_and_revoked(issuemine: Command) -> None:
    assert "no keys yet" in issuemine("keys", "list")[1]
    code, out, err = issuemine("keys", "create", "--name", "Ada", "--role", "curator", "--expires", "30")
    assert code == 0
    key = out.strip()
    assert key.startswith("imk_")
    assert "not shown again" in err
    listed = issuemine("keys", "list")[1]
    assert key not in listed
    assert key[:14] in listed
    assert "holds until" in listed
    assert issuemine("keys", "create", "--name", "Ada")[0] == 1
    assert "opens nothing" in issuemine("keys", "revoke", "1")[1]
    (kept,) = orjson.loads(issuemine("keys", "list", "--json")[1])
    assert kept["revoked_at"]
    assert not {"hash", "key"} & set(kept)
    assert issuemine("keys", "revoke", "7")[0] == 1
    noted = orjson.loads(issuemine("keys", "audit", "--json")[1])
    assert [entry["route"] for entry in noted] == ["keys revoke", "keys create"]
    assert noted[1]["changed"] == {"key": 1, "role": "curator"}
    assert "keys revoke" in issuemine("keys", "audit")[1]


def test_no_service_for_other_machines_is_begun_without_a_key_that_holds(issuemine: Command) -> None:
    code, _, err = issuemine("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - refused
    assert code == 1
    assert "issuemine keys create" in err
    issuemine("keys", "create", "--name", "Ada", "--role", "admin")
    issuemine("keys", "revoke", "1")
    assert issuemine("serve", "--host", "0.0.0.0", "--port", "0")[0] == 1  # noqa: S104 - refused
    assert issuemine("serve", "--host", "issues.example", "--port", "0")[0] == 1


def test_with_a_key_several_processes_serve_together(issuemine: Command, tmp_path: Path) -> None:
    publish_by_hand(tmp_path / "var")
    key = issuemine("keys", "create", "--name", "Ada", "--role", "admin")[1].strip()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = command("serve", "--warehouse", tmp_path / "var", "--host", "0.0.0.0")  # noqa: S104
    log = tmp_path / "access.jsonl"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*arguments, "--port", str(port), "--workers", "2"], env=environment(ISSUEMINE_API__LOG_FILE=str(log))
    )
    end = time.monotonic() + DEADLINE
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while True:
                try:
                    client.get("/healthz")
                    break
                except httpx.TransportError:
                    assert process.poll() is None
                    assert time.monotonic() < end
                    time.sleep(0.2)
        asked = 12
        for _ in range(asked):
            # A connection of its own each, so that either process may be met.
            assert httpx.get(f"http://127.0.0.1:{port}/v1/audit").status_code == 401
        good = {"Authorization": f"Bearer {key}"}
        assert httpx.get(f"http://127.0.0.1:{port}/v1/audit", headers=good).status_code == 200
        metrics = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=good).text
        refused = [line for line in metrics.splitlines() if "/v1/audit" in line and 'status="401"' in line]
        assert [float(line.rpartition(" ")[2]) for line in refused] == [asked]
    finally:
        process.terminate()
        assert process.wait(timeout=60) in (0, -15)
    assert len(log.read_text().splitlines()) >= asked
    assert os.environ.get("PROMETHEUS_MULTIPROC_DIR") is None
