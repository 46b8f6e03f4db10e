import pytest

from issuemine.clean.tokens import Analyser
from issuemine.config import CleanSettings
from issuemine.naming import korean
from issuemine.naming.phrases import Token, clauses, phrases

ANALYSER = Analyser(CleanSettings())


def tokens(text: str, language: str) -> list[Token]:
    return [Token(*token) for token in ANALYSER.analyse([text], language)[0].tokens]


def found(text: str) -> set[str]:
    return {
        text[phrase.start : phrase.end]
        for clause in clauses(text, tokens(text, "en"))
        for phrase in phrases(clause)
    }


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("My card payment was declined.", "card payment was declined"),
        ("I can't log in", "can't log in"),
        ("the app won't open", "won't open"),
        ("How do I top up by card?", "top up by card"),
        ("it kicks me out", "kicks me out"),
        ("it does not work", "does not work"),
        ("error 500 on login", "error 500"),
        ("turn my camera on, please", "turn my camera on"),
        ("a payment I don't recognise", "payment I don't recognise"),
    ],
)
def test_whole_phrases_are_found(text: str, phrase: str) -> None:
    assert phrase in found(text)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Why isn't the transfer here", "isn't the transfer"),
        ("How long do transfers take", "long do transfers"),
        ("Top up my phone", "Top up my"),
        ("turn my camera on", "turn my camera"),
        ("auto top up failed", "auto top"),
        ("Great app. Crashes often", "app. Crashes"),
        ("write to <EMAIL> about refunds", "write to <EMAIL>"),
        ("lag lag lag", "lag lag"),
        ("card payment and I was charged", "payment and I was charged"),
        ("this is a 5 star app", "star app"),
        ("𝕋𝕙𝕚𝕤 𝕚𝕤 bad", "𝕋𝕙𝕚𝕤 𝕚𝕤"),
    ],
)
def test_fragments_are_not(text: str, fragment: str) -> None:
    assert fragment not in found(text)


def test_offsets_cut_the_phrase_out_of_text_with_emoji_and_tabs() -> None:
    text = "😡\tcan't  sign-in 😡 again"
    assert "can't  sign-in" in found(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("로그인이 계속 안 돼요", "로그인 안 됨"),
        ("인증서를 가져오기 오류", "인증서 가져오기 오류"),
        ("앱이 너무 느려요", "앱 느림"),
        ("느린 앱 때문에 힘들어요", "느린 앱"),
        ("서버에 오류가 났어요", "서버 오류"),
        ("메뉴를 찾을 수 없어요", "메뉴 못 찾음"),
        ("업데이트 후에 접속이 안 돼요", "업데이트 후 접속 안 됨"),
        ("통신 중 오류가 발생했습니다", "통신 중 오류 발생"),
        ("주거래은행을 바꾸려고요", "주거래은행 바꾸기"),
        ("푸시 알림이 안 와요", "푸시 알림 안 옴"),
    ],
)
def test_korean_candidates_are_noun_phrases(text: str, label: str) -> None:
    assert label in [shown for _, shown in korean.phrases(text, tokens(text, "ko"))]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("문자를 보내고 기다렸어요", "문자 보냄"),
        ("통신의 일시적 문제", "통신 일시적"),
        ("일시적인 문제로 처음부터 다시 하래요", "문제 처음"),
        ("오늘 안 돼요", "오늘 안 됨"),
        ("이번은 이상하네요", "이번 이상함"),
        ("광고를 안 하면 좋겠어요", "광고 안 함"),
        ("직관적이 아니에요", "직관적 아니기"),
    ],
)
def test_korean_fragments_are_not(text: str, fragment: str) -> None:
    assert fragment not in [shown for _, shown in korean.phrases(text, tokens(text, "ko"))]


@pytest.mark.parametrize(
    ("lemma", "noun"),
    [
        ("느리다", "느림"),
        ("없다", "없음"),
        ("어렵다", "어려움"),
        ("좁다", "좁음"),
        ("열다", "엶"),
        ("듣다", "들음"),
        ("받다", "받음"),
        ("낫다", "나음"),
        ("씻다", "씻음"),
        ("안 되다", "안 됨"),
        ("못 들어가다", "못 들어감"),
        ("안전하다", "안전함"),
        ("못하다", "못함"),
    ],
)
def test_predicates_become_nouns(lemma: str, noun: str) -> None:
    assert korean.nominalise(lemma) == noun
