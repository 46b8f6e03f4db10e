"""Random texts: whatever comes in, spans are in order and inside, and a second pass finds nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuemine.clean.redaction import PLACEHOLDER, Redacted, Redactor
from tests.issuemine.clean.redaction.corpus import ENGLISH, KOREAN

FUZZ = settings(max_examples=250, suppress_health_check=list(HealthCheck))
SHORT = settings(FUZZ, max_examples=120)

ANY = st.text(st.characters(), max_size=60)
NUMBERS = st.text(st.sampled_from("0123456789-. ()+/:,가동로호번 @０１"), max_size=60)
SENTENCES = st.sampled_from([case.text for case in ENGLISH + KOREAN])
PIECES = (
    "<EMAIL>|<|>|<P|😀|\ud800|\u202e|\0|\n|님|씨 |비밀번호 |password: |계좌 |card |전화 |010-1234-5678|"
    "4111111111111111|a@b.com|http://|?token=|서울시 강남구 |11111111111111111111111111111|My name is "
)
LUMPS = st.sampled_from(PIECES.split("|"))
MIXED = st.lists(st.one_of(LUMPS, SENTENCES, NUMBERS, ANY), max_size=8).map("".join)


def check(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact(text)
    rebuilt, done = "", 0
    for span in redacted.spans:
        assert done <= span.start < span.end <= len(text)
        assert any(char.isalnum() for char in text[span.start : span.end])
        assert PLACEHOLDER.search(text[span.start : span.end]) is None
        assert PLACEHOLDER.fullmatch(f"<{span.kind}>")
        rebuilt += text[done : span.start] + f"<{span.kind}>"
        done = span.end
    assert redacted.text == rebuilt + text[done:]
    assert redactor.redact(redacted.text) == Redacted(redacted.text, ())
    assert redactor.redact(text) == redacted


@FUZZ
@given(text=ANY)
def test_any_text(redactor: Redactor, text: str) -> None:
    check(redactor, text)


@FUZZ
@given(text=NUMBERS)
def test_texts_of_digits_and_separators(redactor: Redactor, text: str) -> None:
    check(redactor, text)


@SHORT
@given(text=MIXED)
def test_sentences_glued_together(redactor: Redactor, text: str) -> None:
    check(redactor, text)


@SHORT
@given(text=SENTENCES, place=st.integers(0, 80), insert=st.one_of(LUMPS, ANY))
def test_sentences_broken_by_something_else(redactor: Redactor, text: str, place: int, insert: str) -> None:
    check(redactor, text[:place] + insert + text[place:])
