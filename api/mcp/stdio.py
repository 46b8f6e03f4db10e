"""The tools for an assistant on this machine, by standard input and output."""

from __future__ import annotations

from pathlib import Path

from api.mcp.server import make_server
from api.operational import OperationalStore
from api.search.service import Engine
from issuemine.config import Settings
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots


def run(warehouse: Path, settings: Settings) -> None:
    """Answer until standard input ends."""
    layout = Layout(warehouse)
    snapshots, operational = Snapshots(layout, settings.store), OperationalStore(layout, settings.store)
    make_server(snapshots, settings, operational, Engine.of(layout, settings)).run("stdio")
