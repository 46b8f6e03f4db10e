"""Korean predicates: how far their endings and auxiliaries reach, and whether they are negated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from issuemine.clean.tokens_korean_unknown import UnknownNouns
from issuemine.clean.tokens_korean_words import REPEATING, SUPPORT

NEGATIONS = {"않다": "안", "못하다": "못", "말다": "안"}
"""Negating auxiliary verbs and the adverb that says the same."""

PREDICATES = frozenset({"VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA"})
ENDINGS = frozenset({"EP", "EF", "EC", "ETM", "ETN", "Z_CODA"})
_NOUNS = frozenset({"NNG", "NNP"})
_PARTICLES = frozenset({"JKO", "JX", "JKS", "JKC"})
_SECOND_PARTS = frozenset({"오다", "가다", "나다", "내다", "들다", "지다"})
_LEMMAS = {"돼다": "되다"}
"""Dictionary forms that Kiwi gives to misspelled words, and the right ones."""
_WHOLE_NEGATIONS = {
    ("안", "있다"): "없다",
    ("안", "이다"): "아니다",
    ("못", "알다"): "모르다",
    ("못", "하다"): "못하다",
}
"""Negated predicates that are words of their own."""
_TAGS = {f"{tag}{mark}": tag for tag in ("VV", "VA", "VX", "XSA", "XSV") for mark in ("-I", "-R")}


class Morpheme(NamedTuple):
    """What is used of one of Kiwi's tokens; ``tag`` without the mark of (ir)regular conjugation."""

    form: str
    tag: str
    lemma: str
    start: int
    end: int
    sentence: int


def morphemes_of(tokens: Iterable[object], unknown: UnknownNouns) -> list[Morpheme]:
    """Read Kiwi's tokens (``kiwipiepy.Token``); dictionary forms end in 다 for all predicates.

    Nouns that Kiwi does not know become the parts that they seem to be made of.
    """
    read: list[Morpheme] = []
    # Called for every morpheme of a corpus: a named tuple's own constructor takes twice as long.
    make = tuple.__new__
    for token in tokens:
        form, tag, start = token.form, token.tag, token.start  # type: ignore[attr-defined]
        tag = _TAGS.get(tag, tag)
        lemma = form
        if tag in PREDICATES:
            lemma = token.lemma  # type: ignore[attr-defined]
            if not lemma.endswith("다"):
                lemma += "다"
            lemma = _LEMMAS.get(lemma, lemma)
        elif tag in _NOUNS and token.oov:  # type: ignore[attr-defined]
            sentence = token.sent_position  # type: ignore[attr-defined]
            for part in unknown.parts(form):
                place = (start + part.start, start + part.end, sentence)
                read.append(Morpheme(part.form, part.tag, part.form, *place))
            continue
        end, sentence = start + token.len, token.sent_position  # type: ignore[attr-defined]
        read.append(make(Morpheme, (form, tag, lemma, start, end, sentence)))
    return read


def negated(negation: str, lemma: str, adjective: bool) -> str:
    """Dictionary form of a negated predicate: 안 되다, 못 찾다, 원활하지 않다, 없다.

    Parameters
    ----------
    negation : {"안", "못"}
        The adverb.
    lemma : str
        The predicate without negation.
    adjective : bool
        Adjectives in 하다 are negated by what follows them (지 않다), as people write it.
    """
    known = _WHOLE_NEGATIONS.get((negation, lemma))
    if known is not None:
        return known
    if adjective and len(lemma) > 2 and lemma.endswith("하다"):
        return f"{lemma.removesuffix('다')}지 {'않다' if negation == '안' else '못하다'}"
    return f"{negation} {lemma}"


def is_negated(lemma: str) -> bool:
    """Whether a dictionary form is one of a negated predicate."""
    return " " in lemma


def endings(morphemes: Sequence[Morpheme], i: int, end: int) -> tuple[int, int]:
    """Return the index after the endings that begin at ``i``, and where they end in the text."""
    while i < len(morphemes):
        ending = morphemes[i]
        if ending.tag not in ENDINGS or ending.start > end:
            break
        end = max(end, ending.end)
        i += 1
    return i, end


def second_part(morphemes: Sequence[Morpheme], i: int) -> Morpheme | None:
    """Return the second verb of a compound that Kiwi cut before ``i``: 가지 + 어 + 오다 is 가져오다."""
    if not 0 < i < len(morphemes):
        return None
    ending, following = morphemes[i - 1], morphemes[i]
    joins = ending.tag == "EC" and ending.form in {"어", "아"} and following.start == ending.end
    return following if joins and following.tag in {"VV", "VX"} and following.lemma in _SECOND_PARTS else None


def auxiliary(morphemes: Sequence[Morpheme], i: int) -> tuple[str, int, int]:
    """Read what follows a predicate's endings: 지 않다, 지 못하다, ㄹ 수 없다, ㄹ 수 있다.

    Returns
    -------
    tuple of str, int, int
        The negation (안, 못 or none), the index after it, and where it ends in the text (0 where
        nothing follows).
    """
    last, j = morphemes[i - 1], i
    ability = last.tag == "ETM" and j < len(morphemes) and morphemes[j].form == "수"
    if not ability and not (last.tag == "EC" and last.form == "지"):
        return "", i, 0
    j += ability
    while j < len(morphemes) and morphemes[j].tag in _PARTICLES:
        j += 1
    if j == len(morphemes):
        return "", i, 0
    adverb = morphemes[j].form if morphemes[j].tag == "MAG" and morphemes[j].form in {"안", "못"} else ""
    if adverb and j + 1 < len(morphemes) and not ability:
        j += 1
    verb = morphemes[j]
    if adverb and verb.lemma == "하다":
        negation = adverb
    elif ability and verb.lemma in {"없다", "있다"}:
        negation = "못" if verb.lemma == "없다" else ""
    elif not ability and verb.tag == "VX" and verb.lemma in NEGATIONS:
        negation = NEGATIONS[verb.lemma]
    else:
        return "", i, 0
    return negation, *endings(morphemes, j + 1, verb.end)


def makes_predicate(noun: Morpheme, suffix: Morpheme) -> bool:
    """Whether noun and suffix are an adjective or a verb: 필요하다, 버벅거리다; 결제하다 stays 결제.

    Kiwi takes 하다 after a word that its own dictionary lacks for the ending of an adjective now and then.
    """
    if suffix.start != noun.end:
        return False
    if suffix.lemma in REPEATING and suffix.tag in {"VV", "XSV"}:
        return True
    return (suffix.tag == "XSA" and noun.form not in SUPPORT) or (suffix.tag == "XSV" and noun.tag == "XR")
