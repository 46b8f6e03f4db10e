"""Candidate labels in Korean: noun phrases without particles, closed by a noun or a nominalised predicate.

``인증서를 가져오는데 오류가 나요`` yields ``인증서 오류``, ``로그인이 계속 안 돼요`` yields ``로그인 안 됨``.
"""

from __future__ import annotations

import re

from issuemine.naming.english import words
from issuemine.naming.phrases import Phrase, Token

MOST_CONTENT = 4
GERUND = "GERUND"
NOUNS = frozenset({"NOUN", "PROPN", "X", GERUND})
PREDICATES = frozenset({"VERB", "ADJ"})
_HANGUL = re.compile(r"[가-힣]")
_MODIFIER = re.compile(r"[가-힣]{2,}적")
"""Nouns in -적 modify another: 일시적 문제."""
_LETTERS = re.compile(r"[^\W\d_]")
_FIRST, _LAST, _VOWELS, _FINALS = 0xAC00, 0xD7A3, 21, 28
_NIEUN, _DIGEUT, _RIEUL, _MIEUM, _BIEUP, _SIOT = 4, 7, 8, 16, 17, 19
_REGULAR_BIEUP = frozenset("입잡뽑씹접집업좁굽꼽붙뵙")
_IRREGULAR_DIGEUT = frozenset("듣걷깨닫싣긷")
_IRREGULAR_SIOT = frozenset("낫짓붓잇긋젓")
_SHORT_NOUNS = words("앱 폰 창 렉 돈 글 톡 줄 짐 방 문 값 맛 옷 약 책 침")
"""Nouns of one syllable that a label may hold."""
_PARTICLES = words("이 가 을 를 의 에 은 는 도 만 께서")
_BEFORE_NOUNS = words("이 가 을 를 의 에")
"""Particles that may be left out of a noun phrase between two nouns."""
_ADVERBS = words("안 못 너무 자꾸 계속 또 전혀 아예 잘 더 좀 왜 다시 계속해서 정말 진짜 매우 많이 영 도통")
TELLING = words(
    """
    멈추다 끊기다 끊어지다 튕기다 튕겨지다 꺼지다 걸리다 사라지다 막히다 풀리다 틀리다 죽다 버벅거리다
    버벅이다 버벅대다 밀리다 깨지다 터지다 지연되다 누락되다 빠지다 고장나다 잘리다 겹치다 날아가다
    느려지다 늦어지다 뻗다 굳다 잠기다 새다 식다 상하다 찢어지다 부러지다 망가지다
    """
)
"""Verbs that say what is wrong; other verbs only do so when they are negated."""
TROUBLE = TELLING | words(
    """
    오류 에러 장애 문제 실패 불가 불가능 먹통 무한로딩 지연 중단 느리다 없다 불편하다 복잡하다 어렵다
    렉 버그
    """
)
"""Lemmas that say what is wrong."""
_NEGATED = re.compile(r"[안못][_ ](?P<verb>.+)|(?P<stem>.+)지[_ ](?:않다|못하다)|못(?P<light>하다)")


def phrases(text: str, tokens: list[Token]) -> list[tuple[Phrase, str]]:
    """List the candidates of a mention, each with the way it is shown.

    Parameters
    ----------
    text : str
        The mention.
    tokens : list of Token
        Its tokens; particles, endings and light verbs are ``STOP``.
    """
    found: list[tuple[Phrase, str]] = []
    for stretch in _stretches(text, [_gerund(text, token) for token in tokens]):
        for first, opener in enumerate(stretch):
            modifier = _modifies(text, stretch, first)
            if not (is_content(opener) and (opener.pos in NOUNS or modifier)):
                continue
            inside = [first]
            for last in range(first + 1, len(stretch)):
                if not is_content(stretch[last]):
                    if _may_fall(stretch[last], _PARTICLES):
                        continue
                    break
                if not _joins(stretch, inside[-1], last):
                    break
                inside.append(last)
                taken = [stretch[at] for at in inside]
                shown = " ".join(
                    text[token.start : token.end] if token is opener and modifier else show(token)
                    for token in taken
                )
                if len(inside) > MOST_CONTENT or len(shown.split()) > 5 or _repeats(taken):
                    break
                if (stretch[last].pos in NOUNS and not _MODIFIER.fullmatch(stretch[last].lemma)) or telling(
                    stretch[last]
                ):
                    key = tuple(token.lemma for token in taken)
                    opens, closes = _opens(stretch, first), _closes(stretch, last)
                    found.append((Phrase(key, opener.start, stretch[last].end, opens, closes), shown))
                if stretch[last].pos in PREDICATES:
                    break
    return found


def is_content(token: Token) -> bool:
    """Whether a token can stand in a label: no particle, jamo or stray syllable."""
    if token.pos in NOUNS:
        return token.lemma in _SHORT_NOUNS or (
            len(_LETTERS.findall(token.lemma)) >= 2 and not re.search(r"[ㄱ-ㅎㅏ-ㅣ]", token.lemma)
        )
    return token.pos in PREDICATES and bool(_HANGUL.match(token.lemma)) and token.lemma.endswith("다")


def telling(token: Token) -> bool:
    """Whether a predicate says something by itself: an adjective, a negation, a verb of failure."""
    return token.pos == "ADJ" or token.lemma in TELLING or negated(token.lemma) is not None


def idle(lemma: str) -> bool:
    """Whether a verb's lemma says little without its object: 보내다, 나다."""
    return bool(_HANGUL.search(lemma)) and lemma not in TELLING and negated(lemma) is None


def negated(lemma: str) -> str | None:
    """The predicate that a lemma such as 안_되다 or 원활하지_않다 negates; None if it is no negation."""
    found = _NEGATED.fullmatch(lemma)
    if found is None:
        return None
    return found["verb"] or found["light"] or f"{found['stem']}다"


def show(token: Token) -> str:
    """A token as a label shows it: nouns as they are, predicates nominalised."""
    if token.pos == GERUND:
        return token.lemma.removesuffix("다") + "기"
    return nominalise(token.lemma) if token.pos in PREDICATES else token.lemma


def nominalise(lemma: str) -> str:
    """Make a noun of a predicate's dictionary form: 느리다 느림, 어렵다 어려움, 안_되다 안 됨.

    The suffix is ``-(으)ㅁ`` with the usual irregular stems (Sohn 1999, *The Korean Language*, 8.2).
    """
    stem = lemma.removesuffix("다").replace("_", " ")
    last = stem[-1:] or lemma
    if not _FIRST <= ord(last) <= _LAST or stem == "":
        return lemma
    final = (ord(last) - _FIRST) % _FINALS
    bare = chr(ord(last) - final)
    if final == 0:
        return stem[:-1] + chr(ord(last) + _MIEUM)
    if final == _RIEUL:
        return stem[:-1] + chr(ord(last) + 2)
    if final == _BIEUP and last not in _REGULAR_BIEUP:
        return stem[:-1] + bare + "움"
    if final == _DIGEUT and last in _IRREGULAR_DIGEUT:
        return stem[:-1] + chr(ord(bare) + _RIEUL) + "음"
    if final == _SIOT and last in _IRREGULAR_SIOT:
        return stem[:-1] + bare + "음"
    return stem + "음"


def _stretches(text: str, tokens: list[Token]) -> list[list[Token]]:
    """Tokens between punctuation marks, placeholders, symbols and line breaks."""
    stretches: list[list[Token]] = [[]]
    previous = 0
    for token in tokens:
        if token.pos in ("PUNCT", "MASK", "SYM") or "\n" in text[previous : token.start]:
            stretches.append([])
        if token.pos not in ("PUNCT", "MASK", "SYM"):
            stretches[-1].append(token)
        previous = token.end
    return [stretch for stretch in stretches if stretch]


def _modifies(text: str, stretch: list[Token], at: int) -> bool:
    """Whether an adjective stands right before the noun that it modifies: 느린 앱, 잦은 오류."""
    token = stretch[at]
    final = (ord(text[token.end - 1]) - _FIRST) % _FINALS
    return (
        token.pos == "ADJ"
        and final == _NIEUN
        and at + 1 < len(stretch)
        and stretch[at + 1].pos in NOUNS
        and token.end - token.start <= len(token.lemma)
    )


def _joins(stretch: list[Token], before: int, at: int) -> bool:
    """Whether nothing but particles that may fall stands between two words, adverbs before predicates."""
    if at - before > 3:
        return False
    between = stretch[before + 1 : at]
    if stretch[at].pos in PREDICATES:
        return all(_may_fall(token, _PARTICLES) for token in between)
    return all(token.lemma in _BEFORE_NOUNS for token in between)


def _may_fall(token: Token, particles: frozenset[str]) -> bool:
    return token.pos == "ADV" or (token.pos == "STOP" and token.lemma in particles | _ADVERBS)


def _gerund(text: str, token: Token) -> Token:
    """A predicate in -기 is a noun: 인증서 가져오기."""
    surface = text[token.start : token.end]
    if token.pos == "VERB" and len(surface) > 2 and surface == token.lemma.removesuffix("다") + "기":
        return token._replace(pos=GERUND)
    return token


def _repeats(tokens: list[Token]) -> bool:
    return len({token.lemma for token in tokens}) < len(tokens)


def _opens(stretch: list[Token], at: int) -> float:
    if at == 0:
        return 1.0
    return 0.0 if is_content(stretch[at - 1]) and stretch[at - 1].pos in NOUNS else 0.5


def _closes(stretch: list[Token], at: int) -> float:
    """A predicate ends its clause; a noun before a predicate leaves out what is said of it."""
    if stretch[at].pos in PREDICATES or at + 1 == len(stretch):
        return 1.0
    following = [token for token in stretch[at + 1 :] if is_content(token)]
    if is_content(stretch[at + 1]):
        return 0.0
    return 0.25 if following and following[0].pos in PREDICATES else 0.5
