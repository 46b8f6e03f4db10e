"""``issuemine mcp``: the newest snapshot for an assistant on this machine."""

from __future__ import annotations

from pkgutil import resolve_name

from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def mcp(warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None) -> None:
    """Let an assistant on this machine read what is published (MCP on standard input and output)."""
    settings = settings_for(config)
    # Named, not imported: the pipeline and the service never meet.
    resolve_name("api.mcp.stdio:run")(warehouse, settings)
