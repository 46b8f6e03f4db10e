"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Warehouse = Annotated[Path, typer.Option(help="Folder of the warehouse and its snapshots.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings file (TOML).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]
DEFAULT_WAREHOUSE = Path("var")
