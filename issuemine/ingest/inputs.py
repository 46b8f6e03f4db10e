"""From the inputs of a command line to the files they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from issuemine.errors import IngestError
from issuemine.messages import say

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".pq")
"""What is picked up from a folder; a file named outright may end in anything."""


def expand(inputs: Sequence[str]) -> list[Path]:
    """Find the files that paths, globs and folders stand for.

    A folder gives every export below it (by suffix, hidden files left out); a glob gives the files that
    match, ``**`` included. A file that is meant twice, also through a link, is listed once.

    Parameters
    ----------
    inputs : sequence of str
        Paths, globs or folders; ``~`` is the home folder.

    Returns
    -------
    list of Path
        Sorted by path, so that the order of the inputs does not matter.

    Raises
    ------
    IngestError
        If nothing was given, or one of the inputs stands for no file; names it.
    """
    if not inputs:
        raise IngestError(
            say("No input was given."), say("Name a CSV, TSV, JSON Lines or Parquet file, or a folder.")
        )
    found: dict[Path, Path] = {}
    for text in inputs:
        files = sorted(_files(text))
        if not files:
            raise _nothing(text)
        for path in files:
            found.setdefault(_identity(path), path)
    return sorted(found.values())


def _files(text: str) -> Iterator[Path]:
    path = Path(text).expanduser()
    if path.is_dir():
        yield from (
            file
            for file in path.rglob("*")
            if file.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
            and file.is_file()
        )
    elif path.exists() or path.is_symlink():
        yield path
    elif has_magic(text):
        yield from (match for name in glob(str(path), recursive=True) if not (match := Path(name)).is_dir())


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links: reading it will say so
        return path.absolute()


def _nothing(text: str) -> IngestError:
    if Path(text).expanduser().is_dir():
        return IngestError(
            say("The folder {text} holds no export.", text=text),
            say("Put files ending in {endings} there, or name a file outright.", endings=", ".join(SUFFIXES)),
        )
    if has_magic(text):
        return IngestError(
            say("No file matches {text}.", text=text), say("Check the pattern; put it in quotes.")
        )
    return IngestError(say("There is no file {text}.", text=text), say("Check the path."))
