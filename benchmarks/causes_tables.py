"""Generated tables of records for the benchmarks of cause candidates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.causes import Candidate, encode, scan
from issuemine.config import CausesSettings
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids, Rows

Columns = dict[str, np.ndarray]
Cause = dict[str, str]


@dataclass(frozen=True)
class Planted:
    """A table, its topic's records, and what raises their rate."""

    columns: Columns
    records: np.ndarray
    causes: list[tuple[Cause, float]]


def attributes(generator: np.random.Generator, rows: int, counts: list[int]) -> Columns:
    """Independent attributes with skewed values."""
    columns = {}
    for number, count in enumerate(counts):
        shares = generator.dirichlet(np.full(count, 1.5))
        codes = generator.choice(count, rows, p=shares)
        columns[f"a{number + 1}"] = np.char.add("v", codes.astype(str))
    return columns


def holds(columns: Columns, cause: Cause) -> np.ndarray:
    """Rows that a combination is true of."""
    return np.all([columns[name] == value for name, value in cause.items()], axis=0)


def explained(
    database: Database,
    columns: Columns,
    records: np.ndarray,
    settings: CausesSettings,
    strata: np.ndarray | None = None,
) -> list[Candidate]:
    """Candidates of a table whose rows are single records."""
    total = np.ones(len(records), dtype=np.int64)
    table = {name: pa.chunked_array([pa.array(values)]) for name, values in columns.items()}
    coded = encode(table, total.astype(float), settings)
    rows = Rows(coded.codes, records.astype(np.int64), total, strata=strata)
    counter = Cuboids(database, rows, sample_rows=settings.sample_rows)
    return scan(counter, coded, settings, standardised=strata is not None)


def memory() -> Database:
    """A database that is nowhere."""
    return Database(Path(":memory:"))
