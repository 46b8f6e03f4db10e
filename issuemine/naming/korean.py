"""Candidate labels in Korean: noun phrases without particles, closed by a noun or a nominalised predicate.

``인증서를 가져오는데 오류가 나요`` yields ``인증서 오류``, ``로그인이 계속 안 돼요`` yields ``로그인 안 됨``.
"""

from __future__ import annotations

import re

from issuemine.naming.korean_words import (
    ADVERBS,
    BEFORE_NOUNS,
    CHOICES,
    CONNECTORS,
    IDLE,
    MEASURES,
    OPENING,
    PARTICLES,
    SHORT_NOUNS,
    TELLING,
    VAGUE,
)
from issuemine.naming.phrases import Phrase, Token

MOST_CONTENT = 4
GERUND = "GERUND"
LACKING = "없다"
NOMINAL = "NOMINAL"
NOUNS = frozenset({"NOUN", "PROPN", "X", GERUND, NOMINAL})
PREDICATES = frozenset({"VERB", "ADJ"})
_HANGUL = re.compile(r"[가-힣]")
_MODIFIER = re.compile(r"[가-힣]{2,}적")
"""Nouns in -적 modify another: 일시적 문제."""
_JAMO = re.compile(r"[ㄱ-ㅎㅏ-ㅣ\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_LETTERS = re.compile(r"[^\W\d_]")
_FIRST, _LAST, _VOWELS, _FINALS = 0xAC00, 0xD7A3, 21, 28
_NIEUN, _DIGEUT, _RIEUL, _MIEUM, _BIEUP, _SIOT = 4, 7, 8, 16, 17, 19
_REGULAR_BIEUP = frozenset("입잡뽑씹접집업좁굽꼽붙뵙")
_IRREGULAR_DIGEUT = frozenset("듣걷깨닫싣긷")
_IRREGULAR_SIOT = frozenset("낫짓붓잇긋젓")
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
        for first in range(len(stretch)):
            if _may_open(text, stretch, first):
                found += _from(text, stretch, first)
    return found


def _from(text: str, stretch: list[Token], first: int) -> list[tuple[Phrase, str]]:
    """Candidates that start at a token."""
    opener = stretch[first]
    modifier = opener.pos not in NOUNS
    found: list[tuple[Phrase, str]] = []
    taken, shown, before = [opener], [text[opener.start : opener.end] if modifier else show(opener)], first
    for at in range(first + 1, len(stretch)):
        token = stretch[at]
        if not is_content(token):
            if _connects(stretch, at):
                shown.append(token.lemma)
            elif not _may_fall(token, PARTICLES):
                break
            continue
        if not _joins(stretch, before, at):
            break
        taken.append(token)
        does = _does(stretch, before, at)
        shown.append(gerund(token.lemma) if does else show(token))
        before = at
        form = " ".join(shown)
        if len(taken) > MOST_CONTENT or len(form.split()) > 5 or _repeats(taken):
            break
        if (_ends(token) or does) and any(map(_specific, taken)):
            key = tuple(one.lemma for one in taken)
            opens, closes = _opens(stretch, first), _closes(stretch, at)
            found.append((Phrase(key, opener.start, token.end, opens, closes), form))
        if token.pos in PREDICATES:
            break
    return found


def _may_open(text: str, stretch: list[Token], at: int) -> bool:
    """Whether a label may start with a token: a noun, or an adjective before its noun."""
    token = stretch[at]
    if not is_content(token) or (token.lemma in VAGUE and token.lemma not in OPENING):
        return False
    return token.pos in NOUNS or _modifies(text, stretch, at)


def _connects(stretch: list[Token], at: int) -> bool:
    """Whether a token ties two nouns by time, right behind the first: 업데이트 후 오류."""
    token = stretch[at]
    return token.lemma in CONNECTORS and token.pos == "STOP" and stretch[at - 1].pos in NOUNS


def _does(stretch: list[Token], before: int, at: int) -> bool:
    """Whether a plain verb stands after its object: 거래은행을 바꾸다 is 거래은행 바꾸기."""
    token = stretch[at]
    between = [one.lemma for one in stretch[before + 1 : at] if one.lemma in PARTICLES]
    return (
        token.pos == "VERB"
        and token.lemma not in IDLE
        and negated(token.lemma) is None
        and not telling(token)
        and (between in (["을"], ["를"]) or (not between and len(token.lemma) > len("쏠다")))
    )


def is_content(token: Token) -> bool:
    """Whether a token can stand in a label: no particle, jamo or stray syllable."""
    if token.pos in NOUNS:
        return token.lemma in SHORT_NOUNS or (
            len(_LETTERS.findall(token.lemma)) >= 2 and not _JAMO.search(token.lemma)
        )
    return token.pos in PREDICATES and bool(_HANGUL.match(token.lemma)) and token.lemma.endswith("다")


def telling(token: Token) -> bool:
    """Whether a predicate says something by itself: an adjective, a negation, a verb of failure."""
    if token.pos == "ADJ":
        return token.lemma not in VAGUE or token.lemma in MEASURES
    return token.lemma in TELLING or _fails(token.lemma)


def idle(lemma: str) -> bool:
    """Whether a verb's lemma says little by itself: 나다, 오다, 안 하다."""
    if (verb := negated(lemma)) is not None:
        return verb == "되다" or not _fails(lemma)
    return bool(_HANGUL.search(lemma)) and lemma in IDLE


def vague(lemma: str) -> bool:
    """Whether a lemma is too general to say what a topic is about: 오늘, 이상하다, 안 좋다."""
    return (negated(lemma) or lemma) in VAGUE


def negated(lemma: str) -> str | None:
    """The predicate that a lemma such as 안_되다 or 원활하지_않다 negates; None if it is no negation."""
    found = _NEGATED.fullmatch(lemma)
    if found is None:
        return None
    return found["verb"] or found["light"] or f"{found['stem']}다"


def _fails(lemma: str) -> bool:
    """Whether a negated predicate tells of a fault, not of what somebody chooses not to do."""
    verb = negated(lemma)
    return verb is not None and verb not in VAGUE and (verb not in CHOICES or lemma.startswith("못"))


def _ends(token: Token) -> bool:
    """Whether a label may end in a token."""
    return telling(token) or (token.pos in NOUNS and not _MODIFIER.fullmatch(token.lemma))


def _specific(token: Token) -> bool:
    """Whether a token is a noun that says what a label is about."""
    return token.pos in NOUNS and not vague(token.lemma)


def show(token: Token) -> str:
    """A token as a label shows it: nouns as they are, predicates nominalised."""
    if token.pos == GERUND:
        return gerund(token.lemma)
    return nominalise(token.lemma) if token.pos in PREDICATES or token.pos == NOMINAL else token.lemma


def gerund(lemma: str) -> str:
    """Name what a verb does: 가져오다 가져오기."""
    return lemma.removesuffix("다").replace("_", " ") + "기"


def is_noun(word: str) -> bool:
    """Whether a keyword is one noun in Korean: all predicates end in 다."""
    return bool(_HANGUL.match(word)) and " " not in word and not word.endswith("다")


def nominalised(word: str) -> str:
    """A keyword as a label shows it: a predicate as a noun, anything else as it is."""
    return nominalise(word) if _HANGUL.match(word) and word.endswith("다") else word


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
        return all(_may_fall(token, PARTICLES) or token.lemma in CONNECTORS for token in between)
    return all(token.lemma in BEFORE_NOUNS or token.lemma in CONNECTORS for token in between)


def _may_fall(token: Token, particles: frozenset[str]) -> bool:
    return token.pos == "ADV" or (token.pos == "STOP" and token.lemma in particles | ADVERBS)


def _gerund(text: str, token: Token) -> Token:
    """A verb in -기 is a noun, and one in -(으)ㅁ: 인증서 가져오기, 알림."""
    surface = text[token.start : token.end]
    if token.pos == "VERB" and len(surface) > 1 and negated(token.lemma) is None:
        if len(surface) > 2 and surface == gerund(token.lemma):
            return token._replace(pos=GERUND)
        if token.lemma not in TELLING | IDLE and surface == nominalise(token.lemma):
            return token._replace(pos=NOMINAL)
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
