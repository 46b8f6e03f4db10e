"""``issuemine backtest``: how well emerging issues are found."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.messages import mark, retell, say
from pipelines.commands.options import Config, Json, settings_for

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
    simulate: Annotated[
        Simulation,
        typer.Option(
            help=mark("Simulated series with known outbreaks: 28 weekly scenarios or 16 daily signals.")
        ),
    ],
    config: Config = None,
    json: Json = False,
) -> None:
    """Measure how well emerging issues are found, beside simpler methods."""
    settings = settings_for(config)
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
