"""Topics of different spaces are linked by what they speak of."""

from collections.abc import Sequence

import pytest

from issuemine.clean.tokens import Analyser
from issuemine.config import CleanSettings
from issuemine.naming.concepts import ConceptFinder, Lemma
from issuemine.naming.glossary import Concept, load_glossary
from issuemine.naming.linking import Link, Linkable, link_topics

_analyser = Analyser(CleanSettings(), workers=1)


def analyse(texts: Sequence[str], language: str) -> list[list[Lemma]]:
    return [
        [(token.lemma, token.pos) for token in found.tokens] for found in _analyser.analyse(texts, language)
    ]


@pytest.fixture(scope="module")
def finder() -> ConceptFinder:
    return ConceptFinder(load_glossary(), analyse)


def english(topic_id: str, *texts: str, space: str = "model") -> Linkable:
    return Linkable(topic_id, space, analyse(texts, "en"))


def korean(topic_id: str, *texts: str, space: str = "lexical-ko") -> Linkable:
    return Linkable(topic_id, space, analyse(texts, "ko"))


def pairs(links: Sequence[Link]) -> set[frozenset[str]]:
    return {frozenset((link.topic_id, link.other_id)) for link in links}


def said(finder: ConceptFinder, text: str, language: str) -> set[str]:
    """First English words of the concepts of a text."""
    found = finder.read(analyse([text], language)[0])
    return {finder.concepts[one.concept].words["en"][0] for one in found if one.concept >= 0}


LOGIN = ("I can't log in", "Login fails every time", "logging in is impossible")
LOGIN_KO = ("로그인이 안 돼요", "로그인 오류가 납니다", "로그인을 할 수가 없어요")
REFUND = ("I never received my refund", "Where is the refund?", "still no refund")
REFUND_KO = ("환불이 안 들어왔어요", "환불금은 언제 오나요", "환불 처리가 너무 늦어요")


def test_topics_that_speak_of_the_same_are_linked_with_what_they_share(finder: ConceptFinder) -> None:
    links = link_topics(
        [
            english("T1", *LOGIN),
            english("T2", *REFUND),
            korean("T3", *LOGIN_KO),
            korean("T4", *REFUND_KO),
        ],
        finder,
        0.25,
    )
    assert pairs(links) == {frozenset(("T1", "T3")), frozenset(("T2", "T4"))}
    terms = {frozenset((link.topic_id, link.other_id)): link.terms for link in links}
    assert terms[frozenset(("T1", "T3"))][0] == ("로그인", "log in")
    assert terms[frozenset(("T2", "T4"))][0] == ("환불", "refund")
    assert all(0.25 <= link.score <= 1 for link in links)


def test_generic_words_alone_link_nothing(finder: ConceptFinder) -> None:
    topics = [
        english("T1", "the app has an error", "error in the app", "app does not work"),
        korean("T2", "앱 오류가 나요", "앱에 오류가 있습니다", "앱이 안 돼요"),
    ]
    assert link_topics(topics, finder, 0.0) == []


def test_a_topic_about_something_else_is_not_linked_by_one_word_in_passing(finder: ConceptFinder) -> None:
    topics = [
        english("T1", *LOGIN),
        korean(
            "T2",
            "청년희망우대 상품이 훌륭해요",
            "청년희망우대 조건",
            "청년희망우대 로그인",
            "청년희망우대 마감",
        ),
    ]
    assert link_topics(topics, finder, 0.25) == []


def test_topics_of_one_space_are_never_linked(finder: ConceptFinder) -> None:
    topics = [english("T1", *LOGIN), korean("T2", *LOGIN_KO, space="model")]
    assert link_topics(topics, finder, 0.0) == []


def test_every_part_of_a_split_issue_is_linked_with_the_whole(finder: ConceptFinder) -> None:
    topics = [
        english("T1", *LOGIN),
        english("T2", *REFUND),
        korean("T3", *LOGIN_KO),
        korean("T4", "비밀번호를 잊어서 로그인을 못 해요", "로그인 비밀번호 오류"),
    ]
    assert {frozenset(("T1", "T3")), frozenset(("T1", "T4"))} <= pairs(link_topics(topics, finder, 0.1))


def test_a_word_that_both_write_alike_counts_without_the_glossary(finder: ConceptFinder) -> None:
    topics = [
        english("T1", "Zorbly does not start", "Zorbly hangs", "zorbly again"),
        english("T2", *REFUND),
        korean("T3", "zorbly 가 안 켜져요", "zorbly 먹통", "Zorbly 또 멈춤"),
    ]
    links = link_topics(topics, finder, 0.25)
    assert pairs(links) == {frozenset(("T1", "T3"))}
    assert ("zorbly", "zorbly") in links[0].terms


def test_scores_do_not_depend_on_the_order_of_topics(finder: ConceptFinder) -> None:
    topics = [
        english("T1", *LOGIN),
        english("T2", *REFUND),
        korean("T3", *LOGIN_KO),
        korean("T4", *REFUND_KO),
    ]
    assert link_topics(topics, finder, 0.1) == link_topics(topics[::-1], finder, 0.1)


def test_topics_without_words_are_no_trouble(finder: ConceptFinder) -> None:
    assert link_topics([], finder, 0.0) == []
    assert link_topics([english("T1", ""), korean("T2", "ㅋㅋㅋ")], finder, 0.0) == []


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("I was logged out again", "en", "log out"),
        ("sign-in fails", "en", "log in"),
        ("please close my account", "en", "delete account"),
        ("customer service never answers", "en", "customer service"),
        ("Push notifications are late", "en", "push notification"),
        ("인증 번호가 안 와요", "ko", "verification code"),
        ("인증번호가 오지 않습니다", "ko", "verification code"),
        ("로그인인증번호 오류", "ko", "verification code"),
        ("로그인인증번호 오류", "ko", "log in"),
        ("이제는 결제가 되지 않아요", "ko", "not work"),
        ("앱이 자꾸 튕겨요", "ko", "crash"),
        ("상대방 소리가 안 들려요", "ko", "no sound"),
        ("VPN 연결이 끊겨요", "ko", "vpn"),
    ],
)
def test_words_are_found_in_every_form(finder: ConceptFinder, text: str, language: str, concept: str) -> None:
    assert concept in said(finder, text, language)


def test_the_longest_word_wins(finder: ConceptFinder) -> None:
    assert "text message" not in said(finder, "the text size is tiny", "en")
    assert "number" not in said(finder, "비밀번호 찾기", "ko")


def test_a_noun_is_not_taken_for_the_verb_that_it_comes_from(finder: ConceptFinder) -> None:
    assert "notification" in said(finder, "알림이 안 와요", "ko")
    assert "notification" not in said(finder, "빨리 해결 방법을 알려 주세요", "ko")


def test_a_word_with_two_meanings_counts_half_for_each() -> None:
    concepts = [
        Concept({"en": ("charge",), "ko": ("충전",)}),
        Concept({"en": ("charge", "bill"), "ko": ("청구",)}),
    ]
    found = ConceptFinder(concepts, analyse).read(analyse(["charge"], "en")[0])
    assert [(one.concept, one.share) for one in found] == [(0, 0.5), (1, 0.5)]
