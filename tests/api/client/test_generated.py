"""A typed client is generated from the OpenAPI document, type-checked, and used on a real server."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import Live

GENERATOR = ("openapi-python-client==0.29.1", "ruamel.yaml==0.19.1")
"""Put in a folder of its own, since it wants an older Typer than ours, which it needs only as a command."""
GENERATE = """
import sys
from pathlib import Path
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType
lines = {"application/x-ndjson": "application/octet-stream"}
settings = ConfigFile(post_hooks=[], content_type_overrides=lines)
source, target = Path(sys.argv[1]), Path(sys.argv[2])
config = Config.from_sources(settings, MetaType.NONE, source, "utf-8", overwrite=True, output_path=target)
for error in generate(config=config):
    sys.exit(f"{error.header} {error.detail}")
"""
USAGE = Path(__file__).parent / "usage.py"


def run(*arguments: str | Path, paths: tuple[Path, ...] = ()) -> None:
    """Run Python and wait for its success."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "MYPYPATH": str(paths[0] if paths else ""),
    }
    done = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def client(served: Live, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package ``issuemine_client``, made from the document that the server gives."""
    folder = tmp_path_factory.mktemp("client")
    document = folder / "openapi.json"
    document.write_bytes(httpx.get(f"{served.address}/openapi.json", timeout=60).content)
    run("-m", "pip", "install", "--quiet", "--no-deps", "--target", folder / "generator", *GENERATOR)
    made = folder / "made"
    made.mkdir()
    run("-c", GENERATE, document, made / "issuemine_client", paths=(folder / "generator",))
    return made


def test_it_and_what_is_done_with_it_pass_the_strictest_type_check(client: Path, tmp_path: Path) -> None:
    run("-m", "mypy", "--strict", "--cache-dir", tmp_path, "-p", "issuemine_client", paths=(client,))
    run("-m", "mypy", "--strict", "--cache-dir", tmp_path, USAGE, paths=(client,))


def test_it_reads_pages_writes_and_is_refused(client: Path, served: Live) -> None:
    run(USAGE, served.address, served.keys["curator"], paths=(client,))


def test_every_operation_has_a_name_of_its_own(served: Live) -> None:
    paths = httpx.get(f"{served.address}/openapi.json", timeout=60).json()["paths"]
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(set(names)) == len(names) > 20
    assert all(name.isidentifier() for name in names)
