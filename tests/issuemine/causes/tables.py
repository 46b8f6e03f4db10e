"""Tables of records with known causes, and the scan over them."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.causes import Candidate, encode, scan
from issuemine.config import CausesSettings
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids, Rows

Columns = dict[str, np.ndarray]


def attributes(rows: int, values: list[int], seed: int) -> Columns:
    """Independent attributes ``a``, ``b``, ... with skewed values ``a0``, ``a1``, ..."""
    generator = np.random.default_rng(seed)
    columns = {}
    for number, count in enumerate(values):
        name = chr(ord("a") + number)
        shares = 1 / np.arange(1, count + 1)
        codes = generator.choice(count, rows, p=shares / shares.sum())
        columns[name] = np.array([f"{name}{code}" for code in codes])
    return columns


def labels(
    columns: Columns, rate: float, causes: list[tuple[dict[str, str], float]], seed: int
) -> np.ndarray:
    """Which records are the topic's: a base rate, raised by a factor where a cause holds."""
    rows = len(next(iter(columns.values())))
    chance = np.full(rows, rate)
    for cause, factor in causes:
        holds = np.all([columns[name] == value for name, value in cause.items()], axis=0)
        chance[holds] *= factor
    return (np.random.default_rng(seed).random(rows) < chance).astype(np.int64)


def scanned(
    columns: Columns,
    records: np.ndarray,
    settings: CausesSettings | None = None,
    *,
    total: np.ndarray | None = None,
    strata: np.ndarray | None = None,
) -> list[Candidate]:
    """Candidates for the records against all others."""
    settings = settings or CausesSettings()
    total = np.ones(len(records), dtype=np.int64) if total is None else total
    table = {name: pa.chunked_array([pa.array(values)]) for name, values in columns.items()}
    coded = encode(table, total.astype(float), settings)
    with Database(Path(":memory:")) as database:
        counter = Cuboids(
            database, Rows(coded.codes, records, total, strata=strata), sample_rows=settings.sample_rows
        )
        return scan(counter, coded, settings, standardised=strata is not None)
