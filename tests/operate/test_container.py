"""The image and its compose file, judged where no engine runs: form, what they copy, and what they start."""

import fnmatch
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from issuemine.config import load_settings
from tests.pipelines.processes import ROOT, environment, issuemine, wait_until

FOLDER = ROOT / "docs" / "container"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    """Instructions of the image and what they are given."""
    parser = DockerfileParser(fileobj=(FOLDER / "Containerfile").open("rb"))
    return [(one["instruction"], one["value"]) for one in parser.structure if one["instruction"] != "COMMENT"]


def values(steps: list[tuple[str, str]], name: str) -> list[str]:
    return [value for instruction, value in steps if instruction == name]


def command(steps: list[tuple[str, str]]) -> list[str]:
    (found,) = values(steps, "CMD")
    return list(orjson.loads(found))


def test_the_image_is_built_in_stages_of_one_pinned_base_and_runs_as_nobody_special(
    steps: list[tuple[str, str]],
) -> None:
    bases = [value.split()[0] for value in values(steps, "FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    tag = bases[0].partition(":")[2]
    assert tag.startswith("3.11.")
    assert "latest" not in tag
    last = steps[max(at for at, (name, _) in enumerate(steps) if name == "FROM") :]
    (user,) = values(last, "USER")
    assert user.split(":")[0].isdigit()
    assert int(user.split(":")[0]) >= 1_000
    names = [name for name, _ in last]
    assert names.index("USER") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]
    assert "ADD" not in names
    assert len(values(last, "HEALTHCHECK")) == 1
    assert all("pip" not in value for value in values(last, "RUN")), "what builds stays in the first stage"


def test_every_version_installed_is_one_of_ours(steps: list[tuple[str, str]]) -> None:
    installs = [value for value in values(steps, "RUN") if "pip install" in value]
    assert installs
    assert all("--constraint constraints.txt" in value for value in installs)


def test_all_that_is_copied_is_there_and_not_ignored(steps: list[tuple[str, str]]) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    sources = [
        source for value in values(steps, "COPY") if "--from" not in value for source in value.split()[:-1]
    ]
    assert len(sources) > 5
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, one) for one in let_in), source
    assert all((ROOT / one).exists() for one in let_in)
    assert "*" in ignored, "neither keys nor data of this folder get into an image"


def test_the_libraries_are_those_of_the_project() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, FOLDER / "requirements.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"duckdb", "fastapi", "uvicorn", "psycopg[binary]"} <= set(done.stdout.split())
    assert "pytest" not in done.stdout


def test_the_compose_file_fits_its_schema() -> None:
    checking = "-m check_jsonschema --builtin-schema vendor.compose-spec"
    done = subprocess.run(  # noqa: S603 - a tool of ours
        [sys.executable, *checking.split(), FOLDER / "compose.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["service", "night"])
def test_a_container_may_write_its_volume_alone(name: str, steps: list[tuple[str, str]]) -> None:
    service: dict[str, Any] = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["user"] == values(steps, "USER")[0]
    writable = [one for one in service["volumes"] if not one.endswith(":ro")]
    assert writable == ["data:/data"]
    assert (
        FOLDER / service["build"]["context"] / service["build"]["dockerfile"]
    ).resolve() == FOLDER / "Containerfile"
    assert "environment" not in service, "secrets come by a file"
    asked = service["command"]
    assert asked[asked.index("--warehouse") + 1].startswith("/data/")
    assert asked[asked.index("--config") + 1] == "/run/secrets/" + service["secrets"][0]


def test_only_this_machine_reaches_the_service_and_the_night_has_a_profile() -> None:
    services = COMPOSE["services"]
    assert all(port.startswith("127.0.0.1:") for port in services["service"]["ports"])
    assert services["night"]["profiles"] == ["night"]
    given = int(services["service"]["stop_grace_period"].rstrip("s"))
    assert given > load_settings(FOLDER / "settings.toml").api.shutdown_seconds + 5


def test_what_the_image_starts_starts_once_there_is_a_key_and_is_healthy(
    tmp_path: Path, steps: list[tuple[str, str]], free_port: int
) -> None:
    (check,) = values(steps, "HEALTHCHECK")
    healthy = orjson.loads(check[check.index("CMD") + 4 :])
    asked = command(steps)
    assert [*asked, "--config", "/run/secrets/settings"] == COMPOSE["services"]["service"]["command"]
    here = [word.replace("/data", str(tmp_path)).replace("8000", str(free_port)) for word in asked[1:]]
    here += ["--config", str(FOLDER / "settings.toml")]
    refused = issuemine(*here)
    assert refused.returncode != 0
    assert "issuemine keys create" in refused.stderr + refused.stdout
    made = issuemine(
        "keys", "create", "--role", "admin", "--name", "first", "--warehouse", tmp_path / "warehouse"
    )
    assert made.returncode == 0
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "pipelines.cli", *here], env=environment(), stderr=subprocess.PIPE, text=True
    )
    try:
        probe = [sys.executable, "-c", healthy[2].replace("8000", str(free_port))]

        def is_healthy() -> bool:
            return subprocess.run(probe, check=False, stderr=subprocess.DEVNULL).returncode == 0  # noqa: S603

        wait_until(is_healthy, process)
        assert httpx.get(f"http://127.0.0.1:{free_port}/v1/topics").status_code == 401
    finally:
        process.terminate()
        assert process.wait(60) == 0


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
