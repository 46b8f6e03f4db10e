"""``issuemine evaluate``: how well topics agree with labels made by people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.messages import say
from pipelines.commands.options import Config, Json, settings_for


def evaluate(
    file: Annotated[Path, typer.Argument(help=say("CSV, TSV, JSON Lines or Parquet of labelled texts."))],
    text: Annotated[str, typer.Option(help=say("Column of the texts."))],
    label: Annotated[str, typer.Option(help=say("Column of the labels."))],
    language: Annotated[
        str | None, typer.Option(help=say("Language of the texts, e.g. ko; default: told for each text."))
    ] = None,
    granularity: Annotated[
        str | None, typer.Option(help=say("auto, coarse, medium, fine or a resolution."))
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Mine labelled texts and measure how well the topics agree with the labels."""
    settings = settings_for(config)
    from pipelines.evaluation import evaluate_file  # loads the models' libraries: not for --help

    figures = evaluate_file(file, text, label, settings, language=language, granularity=granularity)
    if json:
        typer.echo(orjson.dumps(figures).decode())
        return
    table = Table(show_header=False, box=None)
    for name, value in figures.items():
        table.add_row(name, f"{value:,.3f}" if isinstance(value, float) else f"{value:,}")
    Console().print(table)
