"""Korean addresses, from the street or lot number inwards; a town or district alone is no address."""

from __future__ import annotations

import re

from issuemine.clean.redaction.labels import label, labelled
from issuemine.clean.redaction.numbers import counts_something
from issuemine.clean.redaction.regions_ko import PROVINCES, SETTLEMENTS
from issuemine.clean.redaction.rules import Rule
from issuemine.clean.redaction.words import alternatives, words

_INNER = r"(?:[가-힣]{1,5}(?:시|군|구)\s?){0,2}"
_TOWN = r"[가-힣]{1,6}\d{0,2}(?:읍|면|동|리|가)\d?(?:가|동)?"
_ROAD = r"[가-힣][가-힣0-9·.]{0,9}(?:로|길)(?:\s?\d{1,4}(?:번|가|나|다|라|마|바)?\s?길)?"
_LOT = r"(?:지하\s?|산\s?)?\d{1,5}(?:\s?-\s?\d{1,5})?(?:\s?번지)?(?![\d.:])(?!-\d)"
_BUILDING = (
    r"[가-힣A-Za-z0-9]{0,15}(?:아파트|빌라|빌딩|타워|오피스텔|맨션|연립|주택|APT|팰리스|자이|래미안|푸르지오|힐스테이트|캐슬|"
    r"아이파크|편한세상|더샵|센터|하우스|원룸|상가|프라자|플라자|스퀘어|시티|마을|고시원)(?:\s?\d{1,2}(?:단지|차))?"
)
_UNIT = (
    rf"(?:,?\s?(?:{_BUILDING}|래미안|자이|푸르지오|힐스테이트|\d{{1,4}}동(?!안)|[A-Z가나다라]동(?=\s?\d)|(?:지하\s?|B|지상\s?)?\d{{1,3}}층|"
    r"[가-힣A-Za-z]{2,12}\s\d{1,5}호(?![선점기차봉])|"
    r"[A-Z]?\d{1,5}호(?:실)?(?!선|점)|\d{1,2}단지|"
    r"\((?:[가-힣]{1,6}\d{0,2}동|[가-힣]{2,10})(?:,\s?[가-힣0-9A-Za-z ]{2,20})?\)))"
)

REGION = re.compile(
    rf"(?:\(?우?\)?\s?\(?\d{{5}}\)?,?\s?)?(?<![가-힣])(?:{PROVINCES}\s?{_INNER}|{SETTLEMENTS}\s?{_INNER})"
    rf"(?:{_TOWN}\s?){{0,2}}(?:(?P<road>{_ROAD})\s?(?P<lot>{_LOT})|(?<=[동리가읍면]|\s)(?P<lot2>{_LOT})|(?P<unit>{_UNIT}))"
    rf"{_UNIT}{{0,5}}"
)
ROAD = re.compile(rf"(?<![가-힣0-9])(?P<v>{_ROAD}\s?(?P<lot>{_LOT})(?P<units>{_UNIT}{{0,5}}))")
LOT = re.compile(
    rf"(?<![가-힣0-9])(?P<v>(?:{_TOWN}\s)?(?P<town>[가-힣]{{2,5}}\d{{0,2}}[동리가])\s?(?:\d{{1,4}}\s?-\s?\d{{1,4}}(?:\s?번지)?|\d{{1,4}}\s?번지)(?![\d-]){_UNIT}{{0,5}})"
)
HOME = re.compile(
    rf"(?<![가-힣0-9A-Za-z-])(?P<v>(?:{_BUILDING}\s?)?\d{{1,4}}동\s?(?:\d{{1,2}}층\s?)?\d{{2,4}}호)(?!선|점)"
)
FLAT = re.compile(
    r"(?<![가-힣0-9])(?P<v>[가-힣A-Za-z0-9]{2,12}(?:아파트|빌라|오피스텔|맨션|원룸|고시원|연립|APT)\s?(?:[A-Z가나다라]동\s?)?(?:\d{1,4}동\s?)?\d{2,4}호)(?!선|점)"
)
POSTCODE = re.compile(r"우편\s?번호(?:[\s:：]|은|는|이|가){0,3}(?P<v>\d{3}-\d{3}|\d{5})(?!\d)")

_NEAR = label(
    r"주소지?|배송지|도로명(?:\s?주소)?|지번(?:\s?주소)?|자택|집|거주지|수령지|받는\s?곳|보내실\s?곳|직장|회사|위치|사는\s?곳|본가"
)
_NO_TOWN = frozenset(words("ko", "not_towns"))
_PARTICLE = re.compile(rf"(?:{alternatives('ko', 'particle_stems')})로")
_ENDS = re.compile(r"\s?(?:$|[\n,.)]|에서|에|으로|로|입니다|이에요|예요|이고|이요|번지|이며|인데|쪽|앞|근처)")


def _counted(match: re.Match[str]) -> bool:
    lot = match["lot"] if "lot" in match.re.groupindex else None
    end = match.end("lot") if lot else match.end()
    return counts_something(match.string[end : end + 24]) if end == match.end() else False


def _region(match: re.Match[str]) -> bool:
    if match["unit"]:
        return any(char.isdigit() for char in match["unit"])
    end = match.end("road") if match["road"] and not match["lot"] else match.end()
    return not (end == match.end() and counts_something(match.string[end : end + 24]))


def _road(match: re.Match[str]) -> bool:
    text, start = match.string, match.start("v")
    if _counted(match):
        return False
    if labelled(_NEAR, text, start):
        return True
    if _PARTICLE.match(match["v"]):
        return False
    if re.match(r"[가-힣]{1,9}(?:대로|로)\s?\d{1,3}번?길\s?\d", match["v"]):
        return True
    return any(char.isdigit() for char in match["units"]) or (
        match["v"].split(maxsplit=1)[0].endswith("대로") and _ENDS.match(text, match.end()) is not None
    )


def _lot(match: re.Match[str]) -> bool:
    return re.sub(r"\d", "", match["town"]) not in _NO_TOWN and not counts_something(
        match.string[match.end() : match.end() + 120]
    )


RULES = (
    Rule(
        "ADDRESS",
        REGION,
        digits=True,
        gate=re.compile(r"[가-힣]\)?,?\s?(?:지하\s?|산\s?)?\d").search,
        accept=_region,
    ),
    Rule("ADDRESS", ROAD, digits=True, gate=re.compile(r"[로길]\s?(?:지하\s?)?\d").search, accept=_road),
    Rule("ADDRESS", LOT, digits=True, gate=re.compile(r"[동리가]\s?\d").search, accept=_lot),
    Rule("ADDRESS", HOME, digits=True, gate=re.compile(r"\d동\s?\d").search),
    Rule("ADDRESS", FLAT, digits=True, gate=re.compile(r"\d호").search),
    Rule("ADDRESS", POSTCODE, anchors=("우편",), digits=True),
)
