"""``issuemine runs``: the runs, and one of them whole."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.store.layout import Layout
from issuemine.store.manifests import manifests
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.speaking import SpeakingCommand, SpeakingGroup

app = typer.Typer(
    cls=SpeakingGroup, help=mark("List the runs, or show one of them whole."), invoke_without_command=True
)

_STATES = {"served": mark("served"), "kept": mark("kept"), None: mark("none")}
_OUTCOMES = {
    "done": mark("done"),
    "failed": mark("failed"),
    "interrupted": mark("interrupted"),
    "running": mark("at work"),
}


@app.callback()
def runs(
    context: typer.Context,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the runs, newest first; also while one is at work."""
    if context.invoked_subcommand is not None:
        return
    settings_for(config)
    found = manifests(Layout(warehouse))
    if json:
        typer.echo(orjson.dumps({"runs": [_figures(manifest) for manifest in found]}, default=str).decode())
    else:
        Console().print(_table(found) if found else say("There is no run yet."))


@app.command("show", cls=SpeakingCommand, help=mark("Show the whole manifest of a run."))
def show(
    run: Annotated[str, typer.Argument(help=mark("The run, for example r00012."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """Show the whole manifest of a run."""
    settings_for(config)
    known = {manifest["run_id"]: manifest for manifest in manifests(Layout(warehouse))}
    if run not in known:
        raise SettingsError(
            say("There is no run {run}.", run=run),
            say("There are: {runs}.", runs=", ".join(known)) if known else say("There are none."),
        )
    if json:
        typer.echo(orjson.dumps(known[run], default=str).decode())
        return
    console = Console(highlight=False)
    sections = {name: value for name, value in known[run].items() if isinstance(value, dict | list)}
    console.print(_pairs({name: value for name, value in known[run].items() if name not in sections}))
    for name, value in sections.items():
        if value:
            console.print(Text(f"\n{name}", style="bold"))
            rows = value if isinstance(value, list) else [value]
            for row in rows:
                console.print(_pairs(row))


def _figures(manifest: dict[str, Any]) -> dict[str, Any]:
    counts = manifest["counts"]
    mentions = counts.get("mentions")
    return {
        "run": manifest["run_id"],
        "as_of": manifest["as_of"],
        "outcome": manifest["outcome"],
        "new_records": counts.get("new_records"),
        "changed_records": counts.get("changed_records"),
        "topics": counts.get("topics"),
        "unassigned_share": counts["unassigned_mentions"] / max(mentions, 1)
        if mentions is not None
        else None,
        "seconds": round(sum(manifest["seconds"].values()), 3),
        "attempts": manifest.get("attempts", 1),
        "published": manifest["outcome"] == "done",
        "snapshot": manifest["snapshot"],
    }


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in (say("run"), say("as of"), say("outcome")):
        table.add_column(title)
    for title in (say("new"), say("changed"), say("topics"), say("unassigned"), say("seconds")):
        table.add_column(title, justify="right")
    table.add_column(say("snapshot"))
    for manifest in found:
        row = _figures(manifest)
        share = row["unassigned_share"]
        table.add_row(
            row["run"],
            str(row["as_of"] or "–"),
            say(_OUTCOMES[row["outcome"]]),
            *(_count(row[name]) for name in ("new_records", "changed_records", "topics")),
            "–" if share is None else f"{share:.1%}",
            f"{row['seconds']:,.1f}",
            say(_STATES[row["snapshot"]]),
        )
    return table


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _pairs(values: dict[str, Any]) -> Table:
    """Names and values; a value that is itself a table stands on the lines below its name."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in values.items():
        if isinstance(value, dict):
            table.add_row(f"  {name}", _pairs(value) if value else "–")
        else:
            table.add_row(f"  {name}", _said(value))
    return table


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)
