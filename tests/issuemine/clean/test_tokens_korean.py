"""Korean words: no particles or endings, compounds whole, negation kept, sentences of the same analysis."""

from collections.abc import Iterator

import pytest

from issuemine.clean import tokens_pool
from issuemine.clean.tokens import NON_CONTENT, Analyser, Analysis
from issuemine.config import CleanSettings
from issuemine.errors import CleanError

USER_WORDS = ("Apple Pay", "쏠 야구", "쏠페이", "헤이영머니")


@pytest.fixture(scope="module")
def analyser() -> Iterator[Analyser]:
    with Analyser(CleanSettings(user_words=USER_WORDS), workers=1) as made:
        yield made


def analyse(analyser: Analyser, text: str) -> Analysis:
    return analyser.analyse([text], "ko")[0]


def content(analyser: Analyser, text: str) -> list[str]:
    return [token.lemma for token in analyse(analyser, text).tokens if token.pos not in NON_CONTENT]


@pytest.mark.parametrize("text", ["결제가", "결제를", "결제는", "결제도요", "결제까지만", "결제에서는"])
def test_particles_are_off(analyser: Analyser, text: str) -> None:
    assert content(analyser, text) == ["결제"]


@pytest.mark.parametrize("word", ["간편결제", "공동인증서", "비밀번호", "무한로딩", "청년희망적금"])
def test_compound_nouns_stay_whole(analyser: Analyser, word: str) -> None:
    assert content(analyser, f"{word} 화면")[0] == word


@pytest.mark.parametrize(
    "text",
    ["안 돼요", "안돼요", "안되요", "안됩니다", "되지 않아요", "되지가 않습니다", "안됨", "안 되네요ㅠㅠ"],
)
def test_a_negated_predicate_is_one_word_in_all_its_forms(analyser: Analyser, text: str) -> None:
    assert content(analyser, f"결제가 {text}") == ["결제", "안 되다"]


@pytest.mark.parametrize("text", ["못 찾겠어요", "찾지 못해요", "찾을 수가 없어요", "찾을 수 없습니다"])
def test_inability_is_one_word_in_all_its_forms(analyser: Analyser, text: str) -> None:
    assert content(analyser, f"메뉴를 {text}") == ["메뉴", "못 찾다"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("결제하려고 합니다", ["결제"]),
        ("결제할 수 있게 해주세요", ["결제"]),
        ("화면이 안 넘어가요", ["화면", "안 넘어가다"]),
        ("자꾸 튕겨요", ["자꾸", "튕기다"]),
        ("너무 불편해요", ["불편하다"]),
        ("필요하지 않은 기능", ["필요하지 않다", "기능"]),
        ("인증서 가져오기가", ["인증서", "가져오다"]),
        ("로그인오류 발생", ["로그인", "오류", "발생"]),
        ("재발급 신청", ["재발급", "신청"]),
        ("일회용 비밀번호", ["일회용", "비밀번호"]),
        ("너무 불안정해요", ["불안정하다"]),
        ("불가능한 접속", ["불가능하다", "접속"]),
        ("주거래은행 앱", ["주거래은행", "앱"]),
        ("새버전 설치", ["새버전", "설치"]),
        ("새 버전 설치", ["버전", "설치"]),
        ("어제부터 이번 오류", ["오류"]),
        ("울트라 인데 기종이", ["울트라", "기종"]),
        ("업데이트후 느려짐", ["업데이트", "느리다"]),
    ],
)
def test_words_that_say_what_it_is_about(analyser: Analyser, text: str, expected: list[str]) -> None:
    assert content(analyser, text) == expected


@pytest.mark.parametrize("text", ["ㅠㅠ", "ㅋㅋㅋㅋ", "ㅡㅡ", "😡", "!!!", "^^", "안녕하세요"])
def test_emoticons_and_greetings_are_no_content(analyser: Analyser, text: str) -> None:
    assert content(analyser, f"오류 {text}") == ["오류"]


def test_latin_words_and_codes_stay_whole(analyser: Analyser) -> None:
    found = content(analyser, "T011 오류, E-102 뜨고 wi-fi에서 app이 crash 됩니다. 5.2.1로 payments can't")
    expected = ["t011", "오류", "e-102", "뜨다", "wi-fi", "app", "crash", "5.2.1", "payment", "not"]
    assert found == expected


def test_a_number_stays_with_its_unit(analyser: Analyser) -> None:
    tokens = analyse(analyser, "3만원 결제를 2번").tokens
    assert [token.lemma for token in tokens if token.pos == "NUM"] == ["3만원", "2번"]


def test_korean_words_in_english_text_lose_their_particles(analyser: Analyser) -> None:
    found = analyser.analyse(["The 로그인이 page crashes"], "en")[0]
    assert [t.lemma for t in found.tokens if t.pos not in NON_CONTENT] == ["로그인", "page", "crash"]


@pytest.mark.parametrize("word", ["쏠페이", "헤이영머니", "쏠 야구"])
def test_user_words_stay_whole(analyser: Analyser, word: str) -> None:
    assert content(analyser, f"{word}가 안돼요") == [word, "안 되다"]
    assert content(analyser, f"{word}결제") == [word, "결제"]


def test_a_slip_of_spacing_makes_no_difference(analyser: Analyser) -> None:
    assert content(analyser, "비밀번호를못찾겠어요") == content(analyser, "비밀번호를 못 찾겠어요")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("결제가 안돼요 로그인도 안됩니다", ["결제가 안돼요", "로그인도 안됩니다"]),
        ("결제가 안돼요ㅠㅠ 로그인은 됩니다!", ["결제가 안돼요ㅠㅠ", "로그인은 됩니다!"]),
        ("문제\n- 로그인\n- 결제", ["문제", "- 로그인", "- 결제"]),
    ],
)
def test_sentences_end_with_or_without_marks(analyser: Analyser, text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in analyse(analyser, text).sentences] == sentences


def test_documents_have_universal_tags(analyser: Analyser) -> None:
    doc = analyser.pipeline("ko")("결제가 안 돼요 T011")
    assert [(token.text, token.lemma_, token.pos_) for token in doc] == [
        ("결제", "결제", "NOUN"),
        ("가", "가", "ADP"),
        ("안 돼요", "안 되다", "VERB"),
        ("T011", "t011", "X"),
    ]


def test_processes_say_the_same_as_one(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_pool, "_PAYS_FROM", 0)
    monkeypatch.setattr(tokens_pool, "_CHUNK_CHARS", 20)
    texts = [f"{number}번 고객님 결제가 안 돼요. 환불해 주세요 <EMAIL>" for number in range(40)]
    with Analyser(analyser.settings, workers=2) as side_by_side:
        assert side_by_side.analyse(texts, "ko") == analyser.analyse(texts, "ko")
        processes = list(side_by_side._pool._processes)
        assert len(processes) == 2
        processes[0].kill()
        processes[0].wait()
        with pytest.raises(CleanError, match="ended before its time"):
            side_by_side.analyse(texts, "ko")
    assert all(process.poll() is not None for process in processes)


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("앱이 안켜져요", "안 켜지다"),
        ("어플이 안 들어가져요", "안 들어가지다"),
        ("접속이 원활하지 않습니다", "원활하지 않다"),
        ("화면이 좋지 않아요", "안 좋다"),
        ("알 수 없는 오류", "모르다"),
        ("있지도 않은 카드", "없다"),
        ("접속이 안댑니다", "안 되다"),
        ("접속이 안돼네요", "안 되다"),
        ("제 잘못이 아니에요", "아니다"),
    ],
)
def test_predicates_have_the_form_of_the_dictionary(analyser: Analyser, text: str, lemma: str) -> None:
    assert lemma in {token.lemma for token in analyse(analyser, text).tokens}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("프로그렘 설치", ["프로그램", "설치"]),
        ("인증버노 안와요", ["인증번호", "안 오다"]),
        ("택베가 안왔어요", ["택배", "가", "안 오다"]),
        ("신한 쏠이 바꿔", ["신한", "쏠", "이", "바꾸다"]),
        ("업뎃후 안열림", ["업뎃", "후", "안 열리다"]),
        ("화면에서 무한로딩만 돼요", ["화면", "에서", "무한로딩", "만", "되다"]),
        ("쿠팡이츠에서 주문", ["쿠팡이츠", "에서", "주문"]),
    ],
)
def test_unknown_nouns_are_mended_and_freed_of_particles(
    analyser: Analyser, text: str, expected: list[str]
) -> None:
    analysis = analyse(analyser, text)
    assert [token.lemma for token in analysis.tokens] == expected
    assert "".join(text[token.start : token.end] for token in analysis.tokens) == text.replace(" ", "")
