"""Analyses that travel between processes."""

from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.analysis import Analysis, Token, pack, unpack

PLACES = st.integers(0, 2**31 - 1)
TOKENS = st.builds(Token, st.text(st.characters(exclude_categories=["Cs"])), st.text(), PLACES, PLACES)
ANALYSES = st.builds(
    Analysis,
    st.lists(TOKENS, max_size=5).map(tuple),
    st.lists(st.tuples(PLACES, PLACES), max_size=3).map(tuple),
)


@given(st.lists(ANALYSES, max_size=5))
def test_what_arrives_is_what_was_sent(analyses: list[Analysis]) -> None:
    found = unpack(pack(analyses))
    assert found == analyses
    assert all(type(token) is Token for one in found for token in one.tokens)


def test_nothing_is_a_message_too() -> None:
    assert unpack(pack([])) == []
    assert unpack(pack([Analysis((), ())])) == [Analysis((), ())]
