"""What an excess is made of: many people in their own words, or something that only looks like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from issuemine.records import Nature

ONE_CUSTOMER = 0.5
"""A customer with this share of the records is the story."""
TEMPLATED = 0.5
"""As is a text, if this share of the records repeat another."""
ALIKE = 0.8
"""Jaccard index of their words from which on two texts repeat each other."""
LONG_ENOUGH = 6
"""Content words from which on it is no chance that two texts are alike."""
BRIEF = 5
"""Most content words of a text that names no fault, as a rule."""
LOW_CONTENT, TIMES_USUAL = 0.35, 1.5
"""Share of brief texts of a burst of low content, which is also this many times the usual share."""
THEME = 0.4
"""A burst of brief texts of which this share say the same, which was not said before, has content."""

Words = Sequence[frozenset[str]]


def nature_of(
    texts: Words,
    customers: Sequence[str | None],
    *,
    usual_brief: float,
    theme: float = 0.0,
    min_customers: int = 3,
) -> Nature:
    """Say what the records of an excess are made of.

    Parameters
    ----------
    texts : sequence of frozenset of str
        Content words of each record.
    customers : sequence of str or None
        Customer of each record, where known.
    usual_brief : float
        Share of brief texts (:func:`brief_share`) in a usual week of the same sources, 0 to 1.
    theme : float, default 0
        Share of the records in one dense group of mentions that is new.
    min_customers : int, default 3
        Fewer distinct customers than this are no issue of many.

    Returns
    -------
    Nature
        The first that fits of: one customer, templated, low content, organic.
    """
    if _of_one(customers, min_customers):
        return Nature.ONE_CUSTOMER
    if repeated_share(texts) >= TEMPLATED:
        return Nature.TEMPLATED
    brief = brief_share(texts)
    if brief >= max(LOW_CONTENT, TIMES_USUAL * usual_brief) and theme < THEME:
        return Nature.LOW_CONTENT
    return Nature.ORGANIC


def brief_share(texts: Words) -> float:
    """Share of the texts with so few content words that they hardly name a fault."""
    return sum(len(words) <= BRIEF for words in texts) / len(texts) if texts else 0.0


def repeated_share(texts: Words) -> float:
    """Share of the texts that repeat another: long enough, and with nearly the same words."""
    longer = [at for at, words in enumerate(texts) if len(words) >= LONG_ENOUGH]
    if len(longer) < 2:
        return 0.0
    vocabulary = {word: at for at, word in enumerate(sorted(set().union(*(texts[at] for at in longer))))}
    pairs = [(row, vocabulary[word]) for row, at in enumerate(longer) for word in texts[at]]
    rows, columns = np.array(pairs).T
    holds = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(longer), len(vocabulary)))
    both = (holds @ holds.T).tocoo()
    sizes = np.array([len(texts[at]) for at in longer])
    union = sizes[both.row] + sizes[both.col] - both.data
    alike = (both.row != both.col) & (both.data >= ALIKE * union)
    return len(np.unique(both.row[alike])) / len(texts)


def _of_one(customers: Sequence[str | None], min_customers: int) -> bool:
    """Whether one customer, or too few, stand behind it; says no where most are not known."""
    known = [customer for customer in customers if customer]
    if len(known) < max(2, 0.5 * len(customers)):
        return False
    (_, most), *_ = Counter(known).most_common(1)
    return most >= ONE_CUSTOMER * len(customers) or len(set(known)) < min_customers
