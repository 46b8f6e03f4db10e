"""``issuemine sample``: support records to try issuemine on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from issuemine.messages import mark, say
from issuemine.sample import write_sample


def sample(
    out: Annotated[Path, typer.Argument(help=mark("Folder to write into."))],
    days: Annotated[int, typer.Option(min=1, help=mark("Days of history."))] = 120,
    per_day: Annotated[int, typer.Option(min=1, help=mark("Records a day, on average."))] = 40,
    seed: Annotated[int, typer.Option(help=mark("Same seed, same records."))] = 7,
    languages: Annotated[str, typer.Option(help=mark("Comma-separated: en, ko."))] = "en,ko",
) -> None:
    """Generate realistic support records with known truth."""
    chosen = tuple(language.strip() for language in languages.split(",") if language.strip())
    written = write_sample(out, days=days, per_day=per_day, seed=seed, languages=chosen)
    console = Console(highlight=False)
    console.print(
        say(
            "{records:,} records in {path}; what is true of them in {truth}.",
            records=written.records,
            path=written.path,
            truth=written.truth,
        ),
        markup=False,
        soft_wrap=True,
    )
    console.print(
        say("Mine them with: issuemine run {path}", path=written.path), markup=False, soft_wrap=True
    )
