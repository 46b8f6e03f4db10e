"""English names, where the words around say so or a common first name begins them."""

from __future__ import annotations

import re

from issuemine.clean.redaction.rules import Rule
from issuemine.clean.redaction.words import words

_FIRST_NAMES = frozenset(words("en", "first_names"))
_NOT_NAMES = frozenset(words("en", "not_names"))
_BRANDS = frozenset(words("en", "brands"))

_WORD = r"[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}(?:[-'’]?[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}){0,2}"
_PARTICLE = r"(?:(?:van|von|de|del|da|di|la|le|bin|al|der|den)[ -]){0,2}"
_MORE = rf"(?:[ ](?:[A-Z]\.?[ ])?{_PARTICLE}(?:O['’]|Mc|Mac|D['’])?{_WORD})"
_NAME = rf"(?:[A-Z]\.[ ]?){{0,2}}{_WORD}{_MORE}{{0,2}}"
_PAIR = rf"{_WORD}{_MORE}{{1,2}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ ])?"

_WHOSE = r"(?i:my|full|his|her|maiden|husband's|wife's|legal)"
_ROLE = (
    r"account[ ]holder|card[ ]?holder|passenger|patient|recipient|guest|sender|beneficiary|payee|caller|"
    r"client|member"
)
_NAMED = (
    rf"(?:full|customer|contact|first|last|sur|billing|ship[ ]to|{_ROLE})?[ -]?name"
    r"(?:[ ]on[ ](?:card|account|file))?"
)
_WARMTH = r"(?:(?:kind|best|warm|warmest|many|with|very|yours?|my)[ ]){0,2}"
_CLOSING = (
    r"(?:regards|wishes|sincerely|truly|faithfully|thanks|cheers|respectfully|cordially|thank[ ]you|"
    r"best|thx|love|rgds)(?:[ ](?:so[ ]much|again|in[ ]advance|for[ ]your[ ]help|and[ ]regards|yours))?"
)
_MET = (
    r"hi|hello|dear|hey|hiya|i['’]m|i am|(?:spoke|speaking|talked)[ ](?:to|with)|chatted[ ]with|agent|"
    r"rep(?:resentative)?|named|called|contact|attn:?|c/o|ask(?:[ ]for)?|deliver[ ]to|advis[eo]r|"
    r"technician|thanks|thank[ ]you|cheers|from|by|with|to"
)

STATED = re.compile(
    rf"(?:\b{_WHOSE}[ ](?:\w+[ ])?(?i:name)(?:[ ](?i:is|was)|['’]s|:)|"
    r"\b(?i:the[ ]name[ ](?:is|of)|under[ ]the[ ]name(?:[ ]of)?|in[ ]the[ ]name[ ]of|call[ ]me|name's))"
    rf"[ ]{_HONORIFIC}(?P<v>{_NAME})"
)
STATED_LOWER = re.compile(
    r"\bmy (?:full )?name(?: is|['’]s) (?P<v>(?P<first>[a-z]{2,14})(?: [a-z]{2,16})?)(?=[,.!\n]| and | i |$)",
    re.IGNORECASE,
)
FIELD = re.compile(
    rf"(?:^|[\n,;|(>*])[ ]?(?i:{_NAMED}|attn|c/o|customer|contact|{_ROLE})[ ]?[:=][ ]?{_HONORIFIC}"
    rf"(?P<v>{_NAME})(?=[ ]*(?:$|[\n,;|()<]|[-–/]))"
)
SPEAKING = re.compile(
    rf"\b(?:[Tt]his is|[Ii]t['’]s|[Ii]t is)[ ]{_HONORIFIC}(?P<v>{_NAME})"
    r"(?=,?[ ](?:speaking|calling|writing|here|again|from)\b)|"
    rf"\b(?P<w>{_PAIR})(?=[ ](?:speaking|here)\b)"
)
SIGNED = re.compile(
    rf"(?m:^|[.!?][ ])[ ]*(?i:{_WARMTH}{_CLOSING})[ ]?[,.!\-–—]{{0,2}}[ ]*(?:\r?\n[ ]*){{1,3}}[-–—~]?[ ]?"
    rf"{_HONORIFIC}(?P<v>{_NAME})[ ]*(?=\r?\n|$|[,.(<|])"
)
SIGNED_INLINE = re.compile(
    rf"\b(?i:regards|sincerely|faithfully|cheers|thanks|wishes)[ ]?[,\-–—][ ]?{_HONORIFIC}"
    rf"(?P<v>{_NAME})[.]?\s*(?=$|\n)"
)
SIGNED_LOWER = re.compile(
    rf"^[ ]*{_WARMTH}{_CLOSING}[ ]?[,.!\-–—]{{0,2}}[ ]*(?:\r?\n[ ]*){{1,3}}"
    r"(?P<v>(?P<first>[a-z]{2,12})(?:[ ][a-z]{2,15})?)[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
DASHED = re.compile(rf"\n[ ]?[-–—~]{{1,2}}[ ]?(?P<v>{_NAME})\s*$")
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Messrs|Sir|Madame)\b\.?[ ](?P<v>{_NAME})")
PAIR = re.compile(rf"(?<![\w@./-])(?P<v>(?P<first>[A-Z][a-z]{{1,11}})(?:-[A-Z][a-z]{{2,10}})?{_MORE}{{1,2}})")
ADDRESSED = re.compile(rf"\b(?i:{_MET}),?[ ](?P<v>(?P<first>[A-Z][a-z]{{1,11}}){_MORE}{{0,2}})(?=\W|$)")


_CLOSINGS = words("en", "closings")
_LAST_LINE = re.compile(r"\n[ ]*[-–—~]{0,2}[ ]?[A-ZÀ-Þ]").search
_PLACE = re.compile(
    r"(?:['’]s)?[ ](?:hospital|infirmary|university|college|school|airport|station|street|road|avenue|park|"
    r"bridge|hotel|museum|stadium|clinic|cent(?:er|re)|hall|building|library|church)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"[A-Z][a-z]{1,11}")


def _has_first_name(text: str) -> bool:
    return not _FIRST_NAMES.isdisjoint(map(str.lower, _CAPITALISED.findall(text)))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[ ]", name) if word]


def _plausible(name: str) -> bool:
    """Say whether no word of a capitalised run is known to be no name."""
    words = [word.lower().strip(".'’") for word in _words(name)]
    return not any(word in _NOT_NAMES for word in words) and " ".join(words[:2]) not in _BRANDS


def _name(match: re.Match[str]) -> bool:
    value = match.groupdict().get("v") or match.groupdict().get("w") or ""
    return _plausible(value)


def _lower(match: re.Match[str]) -> bool:
    return match["first"].lower() in _FIRST_NAMES


def _first(match: re.Match[str]) -> bool:
    return (
        match["first"].lower() in _FIRST_NAMES
        and _plausible(match["v"])
        and _PLACE.match(match.string, match.end("v")) is None
    )


RULES = (
    Rule("PERSON", STATED, anchors=("name", "call me"), accept=_name),
    Rule("PERSON", STATED_LOWER, anchors=("my name", "my full name"), accept=_lower),
    Rule(
        "PERSON",
        FIELD,
        anchors=(
            "name",
            "attn",
            "c/o",
            "holder",
            "recipient",
            "payee",
            "beneficiary",
            "passenger",
            "caller",
            "patient",
        ),
        accept=_name,
    ),
    Rule("PERSON", SPEAKING, anchors=("speaking", " here", "this is", "it's", "it’s", "it is"), accept=_name),
    Rule("PERSON", SIGNED, anchors=_CLOSINGS, gate=_LAST_LINE, accept=_name),
    Rule("PERSON", SIGNED_LOWER, anchors=_CLOSINGS, accept=_lower),
    Rule("PERSON", SIGNED_INLINE, anchors=_CLOSINGS, accept=_name),
    Rule("PERSON", DASHED, gate=_LAST_LINE, accept=_name),
    Rule("PERSON", TITLED, gate=re.compile(r"[MDPS][a-z]{1,6}\.? [A-Z]").search, accept=_name),
    Rule("PERSON", PAIR, gate=_has_first_name, accept=_first),
    Rule("PERSON", ADDRESSED, gate=_has_first_name, accept=_first),
)
