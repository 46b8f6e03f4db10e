"""Packing loses nothing, keeps to its budget and never mixes lengths in a run."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from issuemine.embed.packing import TokenTable, pack, plan

LENGTHS = st.lists(st.integers(1, 60), max_size=40)


@given(LENGTHS, st.integers(1, 100))
def test_every_text_is_in_one_batch_within_the_budget(lengths: list[int], budget: int) -> None:
    batches = plan(np.array(lengths, dtype=np.int64), budget)
    assert sorted(int(text) for batch in batches for text in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or sum(lengths[text] for text in batch) <= budget


@given(LENGTHS.filter(bool))
def test_runs_hold_the_tokens_of_their_texts(lengths: list[int]) -> None:
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    table = TokenTable(np.arange(offsets[-1], dtype=np.int32), offsets)
    (batch,) = (pack(table, texts) for texts in plan(table.lengths, 10_000))
    texts = iter(batch.texts)
    for start, count, length in batch.runs:
        tokens = batch.ids[start : start + count * length].reshape(count, length)
        places = batch.positions[start : start + count * length].reshape(count, length)
        for row, text in zip(range(count), texts, strict=False):
            np.testing.assert_array_equal(tokens[row], table.ids[offsets[text] : offsets[text + 1]])
            np.testing.assert_array_equal(places[row], np.arange(lengths[text]))
    assert next(texts, None) is None
