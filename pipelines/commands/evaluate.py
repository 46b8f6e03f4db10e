"""``issuemine evaluate``: how well topics agree with labels made by people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.messages import mark, retell
from pipelines.commands.options import Config, Json, settings_for

_FIGURES = {
    "n_texts": mark("texts"),
    "n_labels": mark("labels"),
    "n_topics": mark("topics"),
    "unassigned_share": mark("share of texts in no topic"),
    "nmi": mark("normalised mutual information (NMI)"),
    "ari": mark("adjusted Rand index (ARI)"),
    "ami": mark("adjusted mutual information (AMI)"),
    "encode_seconds": mark("seconds to encode"),
    "cluster_seconds": mark("seconds to find topics"),
}
"""What the figures are called on a terminal; ``--json`` keeps their short names."""


def evaluate(
    file: Annotated[Path, typer.Argument(help=mark("CSV, TSV, JSON Lines or Parquet of labelled texts."))],
    text: Annotated[str, typer.Option(help=mark("Column of the texts."))],
    label: Annotated[str, typer.Option(help=mark("Column of the labels."))],
    language: Annotated[
        str | None, typer.Option(help=mark("Language of the texts, e.g. ko; default: told for each text."))
    ] = None,
    granularity: Annotated[
        str | None, typer.Option(help=mark("auto, coarse, medium, fine or a resolution."))
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
        table.add_row(retell(_FIGURES.get(name, name)), _shown(value))
    Console().print(table)


def _shown(value: float) -> str:
    return f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"
