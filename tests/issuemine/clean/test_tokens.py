"""Words and sentences: the same shape for every language, in place, nothing lost."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuemine.clean.tokens import Analyser, Analysis
from issuemine.clean.tokens_blank import sentence_starts
from issuemine.config import CleanSettings

PIECES = [
    "결제가 ",
    "안 돼요",
    "ㅠㅠ",
    " T011",
    "로그인",
    "하지 않",
    "<EMAIL>",
    "can't ",
    "wi-fi",
    "\n",
    "- ",
    ". ",
    "😀",
    "  ",
]
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=10).map("".join))


@pytest.fixture(scope="module")
def analyser() -> Iterator[Analyser]:
    with Analyser(CleanSettings(user_words=("Apple Pay", "쏠 야구", "쏠페이", "헤이영머니"))) as made:
        yield made


def english(analyser: Analyser, text: str) -> Analysis:
    return analyser.analyse([text], "en")[0]


def lemmas(analysis: Analysis) -> list[str]:
    return [token.lemma for token in analysis.tokens]


def tagged(analysis: Analysis, tag: str) -> list[str]:
    return [token.lemma for token in analysis.tokens if token.pos == tag]


@pytest.mark.parametrize(
    "word", ["T011", "5.2.1", "v5.2.1", "wi-fi", "e-mail", "sign-in", "E-102", "12/13", "n/a", "iPhone"]
)
def test_codes_versions_and_names_stay_whole(analyser: Analyser, word: str) -> None:
    assert word.lower() in lemmas(english(analyser, f"It says {word}, again"))


@pytest.mark.parametrize(
    "text", ["I can't login", "I cannot login", "i cant login", "I can not login", "can’t login"]
)
def test_a_negation_is_content(analyser: Analyser, text: str) -> None:
    assert tagged(english(analyser, text), "PART") == ["not"]
    assert tagged(english(analyser, text), "X") == ["login"]


def test_english_words_come_in_their_dictionary_form(analyser: Analyser) -> None:
    found = english(analyser, "Payments were declined twice and the app crashes")
    assert tagged(found, "X") == ["payment", "decline", "twice", "app", "crash"]
    assert tagged(found, "STOP") == ["be", "and", "the"]


@pytest.mark.parametrize(
    "text", ["<EMAIL>", "to:<EMAIL>,", "(<PHONE_NUMBER>)", "<EMAIL>로", "이메일<EMAIL>입니다", "a<CARD>b"]
)
@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_a_placeholder_is_one_masked_token(analyser: Analyser, text: str, language: str) -> None:
    found = analyser.analyse([text], language)[0]
    masks = [token for token in found.tokens if token.pos == "MASK"]
    assert [text[token.start : token.end] for token in masks] == [text[text.index("<") : text.index(">") + 1]]
    assert sum("<" in text[token.start : token.end] for token in found.tokens) == 1


def test_numbers_marks_and_emoji_are_told_apart(analyser: Analyser) -> None:
    found = english(analyser, "paid 1,000 or 20.50 😀 :) ok?!")
    assert tagged(found, "NUM") == ["1,000", "20.50"]
    assert tagged(found, "SYM") == ["😀", ":)"]
    assert set("".join(tagged(found, "PUNCT"))) == {"?", "!"}


@pytest.mark.parametrize(
    "text", ["Apple Pay fails", "the apple pay button", "쏠페이 결제", "쏠페이결제가 안돼요"]
)
def test_user_words_stay_whole(analyser: Analyser, text: str) -> None:
    assert {"apple pay", "쏠페이"} & set(lemmas(english(analyser, text)))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Fix it. Now please!", ["Fix it.", "Now please!"]),
        ("Fix it.Now please!Ok", ["Fix it.", "Now please!", "Ok"]),
        ("Costs 5.2 or 5.3. Why?! Well", ["Costs 5.2 or 5.3.", "Why?!", "Well"]),
        ("He said (it fails.) Then", ["He said (it fails.)", "Then"]),
        ("Two things\n- login\n- pay", ["Two things", "- login", "- pay"]),
        ("1. login\n2. pay", ["1. login", "2. pay"]),
        ("a • b • c", ["a", "• b", "• c"]),
        ("one  two\n\n\nthree", ["one  two", "three"]),
        ("e.g. this one", ["e.g. this one"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(analyser: Analyser, text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in english(analyser, text).sentences] == sentences


def test_a_long_run_of_end_marks_ends_one_sentence() -> None:
    assert sentence_starts([0, 1, 1, 2, 1, 0]) == [True, False, False, False, False, True]


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh", "nonsense"])
def test_every_language_is_analysed(analyser: Analyser, language: str) -> None:
    text = "Login fehlgeschlagen! ログインできない"
    found = analyser.analyse([text], language)[0]
    assert "".join(text[token.start : token.end] for token in found.tokens) == text.replace(" ", "")


def test_texts_keep_their_order(analyser: Analyser) -> None:
    texts = ["first one", "둘째", "", "third one", "넷째 결제"]
    assert analyser.analyse(texts, "en") == [analyser.analyse([text], "en")[0] for text in texts]


@settings(max_examples=150)
@given(text=TEXTS, language=st.sampled_from(["en", "ko"]))
def test_tokens_and_sentences_lie_in_the_text(analyser: Analyser, text: str, language: str) -> None:
    found = analyser.analyse([text], language)[0]
    check(text, found)


def check(text: str, found: Analysis) -> None:
    """Tokens are in order and cover all but white space; sentences begin and end with tokens."""
    at = 0
    for token in found.tokens:
        assert at <= token.start < token.end <= len(text)
        assert token.lemma
        assert not text[at : token.start].strip()
        at = token.end
    assert not text[at:].strip()
    if found.tokens:
        starts = {token.start for token in found.tokens}
        ends = {token.end for token in found.tokens}
        assert all(start in starts and end in ends for start, end in found.sentences)
        assert found.sentences[0][0] == found.tokens[0].start
        assert found.sentences[-1][1] == found.tokens[-1].end
        assert all(
            before[1] <= after[0] for before, after in zip(found.sentences, found.sentences[1:], strict=False)
        )


@settings(max_examples=60)
@given(text=TEXTS)
def test_documents_say_what_the_analysis_says(analyser: Analyser, text: str) -> None:
    found = analyser.analyse([text], "en")[0]
    korean = any("가" <= letter <= "힣" for letter in text)
    doc = analyser.pipeline("ko" if korean else "en")(text)
    assert doc.text == text
    words = [token for token in doc if token.tag_ != "SPACE"]
    assert [(t.lemma_, t.tag_, t.idx, t.idx + len(t)) for t in words] == [tuple(t) for t in found.tokens]
    opening = [token.idx for token in words if token.is_sent_start]
    assert [start for start, _ in found.sentences][1:] == [i for i in opening if i != words[0].idx]
