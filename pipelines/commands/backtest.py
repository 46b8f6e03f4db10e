"""``issuemine backtest``: how well emerging issues are found."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.config import Settings
from issuemine.errors import SettingsError
from issuemine.messages import mark, retell, say
from pipelines.commands.options import Config, Json, settings_for
from pipelines.progress import Bars

_MEASURES = {
    "false_positive_rate": mark("false positive rate"),
    "probability_of_detection": mark("probability of detection"),
    "positive_predictive_value": mark("positive predictive value"),
    "sensitivity": mark("sensitivity"),
    "specificity": mark("specificity"),
    "timeliness": mark("timeliness (0: first day, 1: never)"),
}
"""What the measures are called on a terminal; ``--json`` keeps their short names."""


class Simulation(StrEnum):
    """The simulation studies."""

    weekly = "weekly"
    daily = "daily"


def backtest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INPUT...]",
            help=mark("History to live through day by day: CSV, TSV, JSON Lines or Parquet; globs work."),
            show_default=False,
        ),
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option(help=mark("CSV of known incidents: start, end, pattern (words with | between them).")),
    ] = None,
    simulate: Annotated[
        Simulation | None,
        typer.Option(
            help=mark("Simulated series with known outbreaks: 28 weekly scenarios or 16 daily signals.")
        ),
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=mark("First night; default: after four weeks.")),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help=mark("Last night."))
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Measure how well emerging issues are found, in history or in simulations."""
    settings = settings_for(config)
    if bool(inputs) == (simulate is not None):
        raise SettingsError(
            say("A backtest needs either inputs or a simulation."),
            say("Name the history: issuemine backtest FILE --truth FILE; or give --simulate weekly."),
        )
    if simulate is not None:
        _simulate(simulate, settings, json)
    else:
        _live_through(inputs or [], truth, first, last, settings, json)


def _live_through(
    inputs: list[str],
    truth: Path | None,
    first: datetime | None,
    last: datetime | None,
    settings: Settings,
    json: bool,
) -> None:
    from pipelines.scoring import read_truth, score

    known = read_truth(truth) if truth is not None else []
    from pipelines.backtesting import lived_through  # loads the models' libraries: not for --help

    console = Console(stderr=True)
    nights = list(
        lived_through(
            inputs, settings, first.date() if first else None, last.date() if last else None, Bars(console)
        )
    )
    found = score(nights, known)
    if json:
        typer.echo(orjson.dumps(found).decode())
        return
    console = Console(highlight=False)
    if known:
        console.print(_incidents(found["incidents"]))
    console.print(_alerts(found["alerts"]))
    console.print(
        say(
            "{alerts:,} alerts in {weeks:,.0f} weeks, {rate:.2f} a week.",
            alerts=len(found["alerts"]),
            weeks=found["weeks"],
            rate=found["alerts_per_week"],
        )
    )
    if known and found["precision"] is not None:
        console.print(
            say(
                "Precision {precision:.0%}, recall {recall:.0%}.",
                precision=found["precision"],
                recall=found["recall"],
            )
        )
    console.print(say("Bursts without content that were not told: {count:,}.", count=len(found["bursts"])))


def _incidents(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in (say("incident"), say("found"), say("days late"), say("told as")):
        table.add_column(title)
    for row in rows:
        late = "–" if row["delay_days"] is None else f"{row['delay_days']:,}"
        table.add_row(str(row["start"]), str(row["first_signal"] or say("never")), late, row["topic"] or "–")
    return table


def _alerts(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("day"))
    table.add_column(say("alert"))
    table.add_column(say("records"), justify="right")
    table.add_column(say("expected"), justify="right")
    for row in rows:
        table.add_row(str(row["day"]), row["label"], f"{row['observed']:,}", f"{row['expected']:,.1f}")
    return table


def _simulate(simulate: Simulation, settings: Settings, json: bool) -> None:
    from issuemine.trends.simulation.study import PER_SCENARIO, SEED, simulation_study  # not for --help

    methods = simulation_study(simulate.value, settings.detect, per_scenario=PER_SCENARIO)
    if json:
        study = {"simulation": simulate.value, "per_scenario": PER_SCENARIO, "seed": SEED, "methods": methods}
        typer.echo(orjson.dumps(study).decode())
        return
    table = Table(box=None)
    table.add_column(say("measure"))
    for method in methods:
        table.add_column(method, justify="right")
    for name, called in _MEASURES.items():
        table.add_row(retell(called), *(f"{measures[name]:.3f}" for measures in methods.values()))
    Console().print(table)
