"""Index: what the search finds texts by, for those that came; made anew where an encoder changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from issuemine.clean.tokens import NON_CONTENT
from issuemine.messages import say
from issuemine.search.vectors import Part, append, is_sound
from pipelines.context import Run
from pipelines.spaces import Space, matrix

_CHUNK = 65_536
_SORTED_ANEW = 4
"""Postings are sorted anew when those that came since are one in so many."""


@dataclass(frozen=True)
class _Row:
    """A row of ``search_parts``."""

    space: str
    revision: str
    file: str
    dim: int
    first: int
    places: int
    words: int
    blake2b: str


def index(run: Run, spaces: list[Space]) -> None:
    """Give every text that has none a place: a row of its space's vectors, and its words told of it.

    All of a space is one transaction. Where the run is cut off, the rows that were written to the file lie
    behind those that are known of, and are written over.
    """
    run.add("indexed_texts", 0)
    with run.reporter.stage(say("Indexing for the search"), None):
        for space in spaces:
            with run.warehouse.transaction():
                _index(run, space)
        counts = run.warehouse.table("search/sizes").to_pylist()[0]
        if counts["fresh"] * _SORTED_ANEW > counts["postings"]:
            with run.warehouse.transaction():
                run.warehouse.execute("search/sort_postings")
                run.warehouse.execute("search/sorted", {"postings": counts["postings"]})


def _index(run: Run, space: Space) -> None:
    of_space = {"space": space.name}
    parts = run.warehouse.table("search/parts", of_space).to_pylist()
    if parts and not _holds(run, space, parts):
        for kind in ("places", "postings", "parts"):
            run.warehouse.execute(f"search/forget_{kind}", of_space)
        run.warehouse.execute("search/forget_order")
        parts = []
    file = parts[0]["file"] if parts else f"{space.name}-{space.revision[:12]}-{run.run_id}"
    first = parts[-1]["first"] + parts[-1]["places"] if parts else 0
    run.warehouse.execute("search/known_places", of_space)
    fresh = run.warehouse.table("search/placeless", of_space | {"as_of": run.day})["text_hash"]
    if not len(fresh) and parts:
        return
    for start in range(0, max(len(fresh), 1), _CHUNK):
        hashes = fresh.slice(start, _CHUNK)
        head = parts[0]["places"] if parts else len(fresh.slice(0, _CHUNK))
        written = _append(run, space, file, first + start, hashes, head)
        run.warehouse.execute(
            "search/insert_part", tables={"incoming": pa.Table.from_pylist([asdict(written)])}
        )
    run.add("indexed_texts", len(fresh))
    run.keep()


def _holds(run: Run, space: Space, parts: list[dict[str, Any]]) -> bool:
    """Whether what earlier nights wrote still serves: same encoder, same texts, and not a byte is lost."""
    if space.name in run.rerouted or parts[0]["revision"] != space.revision:
        return False
    written = [Part(part["first"], part["places"], part["blake2b"]) for part in parts]
    return is_sound(run.layout.vectors / parts[0]["file"], space.dim, written)


def _append(run: Run, space: Space, file: str, first: int, hashes: pa.ChunkedArray, head: int) -> _Row:
    of_space = {"space": space.name}
    chosen = pa.table({"text_hash": hashes})
    values = {"encoder": space.revision}
    found = run.warehouse.table("vectors/of_texts", values, tables={"chosen": chosen}, dim=space.dim)
    part = append(run.layout.vectors / file, first, matrix(found["vector"], space.dim), head)
    places = pa.array(np.arange(first, first + len(hashes), dtype=np.int32))
    placed = {"placed": chosen.append_column("place", places)}
    run.warehouse.execute("search/put_places", of_space, tables=placed)
    words = of_space | {"not_content": sorted(NON_CONTENT)}
    run.warehouse.execute("search/insert_postings", words, tables=placed)
    count = run.warehouse.value("search/count_words", of_space | {"first": first})
    return _Row(space.name, space.revision, file, space.dim, first, part.rows, count, part.blake2b)
