"""``issuemine explain``: which attributes the bad ones of a table of counts go with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.messages import mark
from pipelines.commands.options import Config, Json, settings_for


def explain(
    file: Annotated[Path, typer.Argument(help=mark("CSV, TSV, JSON Lines or Parquet of counts."))],
    bad: Annotated[str, typer.Option(help=mark("Column that counts the bad ones."))],
    total: Annotated[str, typer.Option(help=mark("Column that counts all."))],
    by: Annotated[str, typer.Option(help=mark("Columns of attributes, separated by commas."))],
    at: Annotated[str | None, typer.Option(help=mark("Time to explain; default: the whole table."))] = None,
    baseline: Annotated[int, typer.Option(min=1, help=mark("Steps before that time to compare with."))] = 4,
    time: Annotated[
        str | None, typer.Option(help=mark("Column of times; default: the one that holds --at."))
    ] = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Rank the combinations of attributes that the bad ones go with."""
    settings = settings_for(config)
    from issuemine.causes.sentences import basis, nothing, refutation, sentence
    from pipelines.explaining import Question, explain_file

    names = tuple(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))
    question = Question(bad=bad, total=total, by=names, at=at, baseline=baseline, time=time)
    found = explain_file(file, question, settings)
    if json:
        typer.echo(orjson.dumps({"candidates": [asdict(candidate) for candidate in found]}).decode())
        return
    console = Console(highlight=False)
    if not found:
        console.print(nothing())
        return
    for place, candidate in enumerate(found, start=1):
        console.print(
            f"{place:>3}  {sentence(candidate, 'others' if at is None else 'past')}",
            markup=False,
            soft_wrap=True,
        )
        console.print(f"     {basis(candidate)}", markup=False, soft_wrap=True)
    console.print(refutation(), markup=False, soft_wrap=True)
