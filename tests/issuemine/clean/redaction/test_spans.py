"""How spans are merged, cut and replaced, against a character-by-character account."""

from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.redaction.spans import KINDS, Span, merge, outside_placeholders, replace

SPANS = st.lists(
    st.builds(
        lambda start, length, kind: Span(start, start + length, kind),
        st.integers(0, 40),
        st.integers(1, 12),
        st.sampled_from(KINDS),
    ),
    max_size=8,
)


@given(SPANS)
def test_merged_spans_cover_the_same_characters_once(spans: list[Span]) -> None:
    merged = merge(spans)
    covered = [place for span in merged for place in range(span.start, span.end)]
    assert covered == sorted({place for span in spans for place in range(span.start, span.end)})


@given(SPANS)
def test_merging_does_not_depend_on_the_order(spans: list[Span]) -> None:
    assert merge(spans) == merge(reversed(spans))


@given(SPANS)
def test_a_merged_span_has_the_kind_of_its_longest_part(spans: list[Span]) -> None:
    for joined in merge(spans):
        parts = [span for span in spans if joined.start <= span.start and span.end <= joined.end]
        longest = max(span.end - span.start for span in parts)
        assert joined.kind in {span.kind for span in parts if span.end - span.start == longest}


def test_of_equally_long_spans_the_graver_kind_wins() -> None:
    assert merge([Span(0, 5, "PHONE"), Span(0, 5, "CARD")]) == [Span(0, 5, "CARD")]


def test_neighbours_stay_apart() -> None:
    assert merge([Span(0, 2, "IP"), Span(2, 4, "IP")]) == [Span(0, 2, "IP"), Span(2, 4, "IP")]


def test_placeholders_are_cut_out_of_spans() -> None:
    text = "pw ab<EMAIL>cd <IP>"
    assert outside_placeholders(text, [Span(3, 19, "SECRET"), Span(5, 12, "URL"), Span(14, 15, "IP")]) == [
        Span(3, 5, "SECRET"),
        Span(12, 15, "SECRET"),
    ]


def test_replacing_changes_nothing_outside_the_spans() -> None:
    assert replace("abcdef", [Span(0, 1, "IP"), Span(3, 5, "URL")]) == "<IP>bc<URL>f"
