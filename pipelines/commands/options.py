"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from issuemine.config import Settings, load_settings
from issuemine.messages import mark, speak

Warehouse = Annotated[Path, typer.Option(help=mark("Folder of the warehouse and its snapshots."))]
Config = Annotated[Path | None, typer.Option("--config", help=mark("Settings file (TOML)."))]
Json = Annotated[bool, typer.Option("--json", help=mark("Print JSON alone on standard output."))]
DEFAULT_WAREHOUSE = Path("var")


def settings_for(config: Path | None) -> Settings:
    """The settings of a command, which from then on speaks their language."""
    settings = load_settings(config)
    if settings.interface.language != "auto":
        speak(settings.interface.language)
    return settings
