"""Between the rows of mentions and the distinct vectors that stand for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from issuemine.discover.neighbours import Labels, Neighbours
from issuemine.errors import DiscoverError
from issuemine.messages import say


def codes(record_ids: Sequence[object] | npt.NDArray[np.generic] | None, n: int) -> Labels:
    """Number the records of mentions; without ids every mention is a record of its own.

    Raises
    ------
    DiscoverError
        If the ids do not run parallel to the mentions.
    """
    if record_ids is None:
        return np.arange(n, dtype=np.int64)
    if len(record_ids) != n:
        raise DiscoverError(
            say("There are {n} vectors and {records} record ids.", n=n, records=len(record_ids)),
            say("Pass one record id a vector."),
        )
    return np.unique(np.asarray(record_ids), return_inverse=True)[1].astype(np.int64)


def of_distinct(start: Labels, back: Labels, n: int) -> Labels:
    """Topic of each distinct vector: of its copies' topics the lowest, -1 where none has one."""
    known = (start >= 0) & (back >= 0)
    result = np.full(n, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(result, back[known], start[known])
    return np.where(result == np.iinfo(np.int64).max, -1, result)


def no_neighbours(n: int) -> Neighbours:
    """Neighbours of vectors that have none."""
    return Neighbours(np.empty((n, 0), dtype=np.int32), np.empty((n, 0), dtype=np.float32))


def sizes(labels: Labels, back: Labels, records: Labels) -> Labels:
    """Count the records and the mentions of each label, shape (n_labels, 2)."""
    of_row = np.where(back >= 0, labels[back], -1) if len(labels) else back
    used = of_row >= 0
    n_labels = int(labels.max(initial=-1)) + 1
    pairs = np.unique(np.stack([of_row[used], records[used]]), axis=1)
    counts = (np.bincount(pairs[0], minlength=n_labels), np.bincount(of_row[used], minlength=n_labels))
    return np.stack(counts, axis=1)
