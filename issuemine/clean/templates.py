"""Templates: passages that a program put into many records, told from what many people write alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from issuemine.clean.passages import Passage, can_be_template, find_passages
from issuemine.config import CleanSettings

PASSAGE_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("passage_hash", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("alone", pa.bool_(), nullable=False),
    ]
)
"""One row for each distinct passage of a record; ``alone`` says that nothing else of weight is in it."""

_MOST_ALONE = 0.05
_MORE_FREQUENT = 2
_FEWEST_IN_BATCH = 5


def passages(records: pa.Table) -> pa.Table:
    """List the passages of each record that could be a template.

    A passage is *alone* in a record if all else there is boilerplate or passages at least twice as
    frequent in these records: a message below a form's heading is alone, the heading is not.

    Parameters
    ----------
    records : pa.Table
        RECORD_SCHEMA. Frequencies are taken within the table: give batches of thousands, not of tens.

    Returns
    -------
    pa.Table
        PASSAGE_SCHEMA, in the order of the records.
    """
    sources: list[str] = records["source"].to_pylist()
    texts: list[str] = records["text"].to_pylist()
    boilerplate = boilerplate_ranges(records)
    cut = [
        find_passages(text, source, outside(ranges, len(text)))
        for text, source, ranges in zip(texts, sources, boilerplate, strict=True)
    ]
    frequency: Counter[str] = Counter()
    for pieces, lines in cut:
        frequency.update({passage.key for passage in (*pieces, *lines)})
    rows: list[tuple[str, str, str, bool]] = []
    identifiers = records["record_id"].to_pylist()
    for identifier, source, text, (pieces, lines) in zip(identifiers, sources, texts, cut, strict=True):
        found: dict[str, bool] = {}
        for passage in (*pieces, *lines):
            if can_be_template(text, passage):
                alone = _is_alone(passage, pieces, frequency)
                found[passage.key] = found.get(passage.key, False) or alone
        rows.extend((source, key, identifier, alone) for key, alone in found.items())
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, PASSAGE_SCHEMA, strict=True)],
        schema=PASSAGE_SCHEMA,
    )


def templates(counts: pa.Table, source_sizes: Mapping[str, int], settings: CleanSettings) -> frozenset[str]:
    """Decide which passages are templates.

    A template stands in at least ``template_min_records`` records and ``template_share`` of its source's,
    and is alone in at most 5 % of those: what people write as their whole message is a message, however
    many write it.

    Parameters
    ----------
    counts : pa.Table
        ``source``, ``passage_hash``, ``n_records``, ``n_alone``: rows of ``passages`` counted over all
        records.
    source_sizes : mapping of str to int
        Records of each source.
    settings : CleanSettings
        The two thresholds.

    Returns
    -------
    frozenset of str
        Hashes (they hold the source, so the same words in another source are another hash).
    """
    if counts.num_rows == 0:
        return frozenset()
    n_records = counts["n_records"].to_numpy().astype(np.int64)
    n_alone = counts["n_alone"].to_numpy().astype(np.int64)
    encoded = counts["source"].combine_chunks().dictionary_encode()
    sizes = np.array([source_sizes.get(name, 0) for name in encoded.dictionary.to_pylist()], dtype=np.int64)
    size = sizes[encoded.indices.to_numpy()]
    chosen = (
        (n_records >= settings.template_min_records)
        & (n_records >= settings.template_share * size)
        & (n_alone <= _MOST_ALONE * n_records)
    )
    return frozenset(counts["passage_hash"].filter(pa.array(chosen)).to_pylist())


def template_ranges(
    text: str, source: str, ranges: Sequence[tuple[int, int]], known: frozenset[str]
) -> list[tuple[int, int]]:
    """Find the templates in ranges of a text.

    Parameters
    ----------
    text, source : str
        A record's text and source.
    ranges : sequence of (int, int)
        Half-open ranges to look at.
    known : frozenset of str
        Hashes of templates.

    Returns
    -------
    list of (int, int)
        Half-open ranges of templates, in order; they may overlap.
    """
    if not known:
        return []
    pieces, lines = find_passages(text, source, ranges)
    return sorted(
        (passage.start, passage.end)
        for passage in (*pieces, *lines)
        if passage.key in known and can_be_template(text, passage)
    )


def boilerplate_ranges(records: pa.Table) -> list[list[tuple[int, int]]]:
    """Ranges of ``boilerplate`` of each record, without the reasons, in order."""
    return [
        [(span["start"], span["end"]) for span in spans or ()] for spans in records["boilerplate"].to_pylist()
    ]


def outside(ranges: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What lies between ranges (sorted by start, possibly overlapping) of a text of a given length."""
    between: list[tuple[int, int]] = []
    position = 0
    for start, end in ranges:
        if start > position:
            between.append((position, start))
        position = max(position, end)
    if position < length:
        between.append((position, length))
    return between


def _is_alone(passage: Passage, pieces: Sequence[Passage], frequency: Counter[str]) -> bool:
    enough = max(_FEWEST_IN_BATCH, _MORE_FREQUENT * frequency[passage.key])
    return all(
        (passage.start <= piece.start and piece.end <= passage.end) or frequency[piece.key] >= enough
        for piece in pieces
    )
