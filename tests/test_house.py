"""The rooms of the house: who may import whom, and how long a file may get."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = (
    "ingest",
    "clean",
    "embed",
    "intent",
    "discover",
    "curation",
    "naming",
    "trends",
    "alerts",
    "causes",
    "impact",
    "sample",
    "pages",
)
BETWEEN = {
    "desk": ("issuemine.curation", "issuemine.store", "issuemine.clean.redaction", "issuemine.desk"),
    "inbox": ("issuemine.ingest", "issuemine.clean", "issuemine.store", "issuemine.inbox"),
    "diagnosis": ("issuemine.causes", "issuemine.store", "issuemine.diagnosis"),
}
"""Rooms that join others for what the command line and the service both do."""
SHARED = {f"issuemine.{name}" for name in ("records", "errors", "config", "messages", "reasons", "collector")}
SOURCES = sorted(
    path
    for top in ("issuemine", "api", "pipelines", "tests", "benchmarks")
    for path in (ROOT / top).rglob("*.py")
)


def imports(path: Path) -> set[str]:
    """Names of the modules that a file imports, as written."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def ours(path: Path) -> set[str]:
    """Our own modules among a file's imports."""
    return {name for name in imports(path) if name.split(".")[0] in {"issuemine", "api", "pipelines"}}


def breaches(path: Path) -> set[str]:
    """Imports of a file that its room may not make."""
    room = path.relative_to(ROOT).parts
    names = {name for name in ours(path) if name != "issuemine"}
    if room[0] == "api":
        return {name for name in names if name.startswith("pipelines")}
    if room[0] == "pipelines":
        return {name for name in names if name.startswith("api")}
    if room[0] != "issuemine":
        return set()
    outward = {name for name in names if not name.startswith("issuemine")}
    allowed = tuple(SHARED)
    if len(room) > 2 and (room[1] in STAGES or room[1] == "store"):
        allowed = (*allowed, f"issuemine.{room[1]}")
    elif len(room) > 2 and room[1] in BETWEEN:
        allowed = (*allowed, *BETWEEN[room[1]])
    elif len(room) == 2:
        allowed = tuple(SHARED)
    return outward | {name for name in names - outward if not name.startswith(allowed)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    assert breaches(path) == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_a_breach_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_house.ROOT", tmp_path)
    stage = tmp_path / "issuemine" / "embed" / "bad.py"
    stage.parent.mkdir(parents=True)
    stage.write_text(
        "from issuemine.clean import text\nfrom issuemine.errors import EmbedError\nimport api.app\n"
    )
    assert breaches(stage) == {"issuemine.clean", "issuemine.clean.text", "api.app"}
