"""Write the reference pages that are made from the code: settings, command line, HTTP interface.

Run ``make docs`` after changing any of them; a test fails when a page has drifted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

import orjson

FOLDER = Path(__file__).parent / "reference"


def settings_page() -> str:
    """Every setting with its type, default and meaning."""
    from issuemine.config import Settings

    lines = [
        "# Settings",
        "",
        "Settings are read from the file given with `--config` (TOML, one table a section) and, above it,",
        "from environment variables: `ISSUEMINE_` + section + `__` + name, for example",
        "`ISSUEMINE_DISCOVER__K=20`.",
    ]
    for section, field in Settings.model_fields.items():
        kind: Any = field.annotation
        lines += ["", f"## {section}", "", *_settings_of(kind, section)]
        for name, setting in kind.model_fields.items():
            for below in _models(setting.annotation):
                lines += ["", *_settings_below(below, f"{section}.{name}", setting.annotation)]
    return "\n".join(lines) + "\n"


def _settings_of(kind: Any, place: str) -> list[str]:
    """A section's meaning and a table of its settings."""
    lines = [str(kind.__doc__).strip(), "", "| setting | type | default | meaning |", "|---|---|---|---|"]
    for name, setting in kind.model_fields.items():
        default = setting.get_default(call_default_factory=True)
        shown = "none" if default is None else "required" if setting.is_required() else f"`{_toml(default)}`"
        lines.append(f"| `{place}.{name}` | {_type(setting.annotation)} | {shown} | {setting.description} |")
    return lines


def _settings_below(kind: Any, place: str, annotation: Any) -> list[str]:
    """What stands in a table of a name that is chosen freely, or in one of a list of tables."""
    if get_origin(annotation) is not dict:
        return [f"### [[{place}]]", "", *_settings_of(kind, place)]
    (named,) = get_args(kind.model_fields["kind"].annotation)
    return [f"### [{place}.NAME], kind {named}", "", *_settings_of(kind, f"{place}.NAME")]


def _models(annotation: Any) -> Iterator[Any]:
    """Sections within a setting."""
    if hasattr(annotation, "model_fields"):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def cli_page() -> str:
    """Help of every command, as the terminal shows it: in English, whatever the environment speaks."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from issuemine.messages import spoken
    from pipelines.cli import app

    runner = CliRunner()
    lines = ["# Command line", "", "Exit codes: see [Operate](../operate.md#exit-codes).", ""]
    env = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "TERMINAL_WIDTH": "100"}
    for path in _command_paths(get_command(app)):
        with spoken("en"):
            shown = runner.invoke(app, [*path, "--help"], env=env, prog_name="issuemine").output
        text = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        lines += [f"## {' '.join(('issuemine', *path))}", "", "```text", text, "```", ""]
    return "\n".join(lines)


def _command_paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """A command and all below it, as people type them."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from _command_paths(below, (*path, name))


def openapi() -> str:
    """The OpenAPI document."""
    from api.app import create_app
    from issuemine.config import Settings

    document = create_app(Path("var"), Settings()).openapi()
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"


PAGES = {"settings.md": settings_page, "cli.md": cli_page, "openapi.json": openapi}


def _type(annotation: Any) -> str:
    """A type as people read it."""
    arguments = get_args(annotation)
    if get_origin(annotation) is None and not arguments:
        return str(getattr(annotation, "__name__", annotation)).replace("SecretStr", "secret")
    origin = getattr(get_origin(annotation), "__name__", "")
    if origin == "Literal":
        return " or ".join(f"`{value}`" for value in arguments)
    if origin in ("UnionType", "Union"):
        return " or ".join(_type(part) for part in arguments if part is not NoneType)
    return "table" if origin == "dict" else "list"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return orjson.dumps(value).decode() if isinstance(value, str | bool | dict) else str(value)


def main() -> None:
    """Write all pages."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), encoding="utf-8")
        sys.stdout.write(f"wrote {FOLDER.name}/{name}\n")


if __name__ == "__main__":
    main()
