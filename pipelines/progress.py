"""Progress of long work: bars on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Advance = Callable[[int], None]


class Reporter(Protocol):
    """Where progress is told."""

    def stage(self, title: str, total: int | None) -> _Stage:
        """Tell of one stage: a context that gives a function to call with the number of items done."""


class _Stage(Protocol):
    def __enter__(self) -> Advance: ...

    def __exit__(self, *details: object) -> None: ...


class Silent:
    """Tells nothing."""

    @contextmanager
    def stage(self, title: str, total: int | None) -> Iterator[Advance]:
        """Do the work without telling."""
        yield lambda _: None


class Bars:
    """Progress bars on the console's terminal; a plain line a stage where there is none."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def stage(self, title: str, total: int | None) -> Iterator[Advance]:
        """Show a bar while the context is open."""
        columns = (
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        if not self._console.is_terminal:
            self._console.print(f"{title} ...")
            yield lambda _: None
            return
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(title, total=total)
            yield lambda done: progress.advance(task, done)
