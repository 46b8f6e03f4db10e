"""The tools for an assistant on this machine, by standard input and output."""

from __future__ import annotations

from pathlib import Path

from api.mcp.server import make_server
from issuemine.config import Settings
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots


def run(warehouse: Path, settings: Settings) -> None:
    """Answer until standard input ends."""
    make_server(Snapshots(Layout(warehouse), settings.store), settings).run("stdio")
