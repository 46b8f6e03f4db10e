"""Korean names, only where the words around say that a name stands there."""

from __future__ import annotations

import re

from issuemine.clean.redaction.rules import Rule, value
from issuemine.clean.redaction.words import alternatives, words

_COMPOUND = alternatives("ko", "compound_surnames")
_SURNAMES = "".join(words("ko", "surnames"))
_COMMON = frozenset(words("ko", "common_surnames"))
_TITLES = frozenset(words("ko", "titles"))
_TITLE_ENDINGS = words("ko", "title_endings")
_LOOKALIKES = frozenset(words("ko", "lookalikes"))
_LOOKALIKES_OF_TWO = frozenset(words("ko", "lookalikes_of_two"))
_BEFORE_SSI = frozenset(words("ko", "before_ssi"))
_NOT_ENDINGS = words("ko", "not_endings")

_FULL = rf"(?:(?:{_COMPOUND})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{2}})"
_NAME = rf"(?:{_FULL}|[{_SURNAMES}][가-힣])"
_LABEL = (
    r"(?:성\s?함|이름|성명|예금주명?|고객명|신청인|신청자|수취인|수령인|받는\s?(?:사람|분|이)|보내는\s?(?:사람|분)|"
    r"주문자|입금자명?|송금인|명의자?|계약자|대표자|보호자|환자명|탑승자|예약자명?|가입자명?|담당자|상담원|상담사|"
    r"작성자|닉네임|수신인|입금인)"
)
_STAFF = tuple(
    f"{role}님" for role in ("상담사", "상담원", "매니저", "팀장", "과장", "대리", "기사", "점장", "선생")
)
_FIELDS = words("ko", "name_fields")

LABELLED = re.compile(
    rf"{_LABEL}\s?[:：=\-)(]\s?(?P<v>{_NAME})(?=님|씨|입니다|이고|이며|이에요|예요|[^가-힣]|$)"
)
STATED = re.compile(
    r"(?:성\s?함|이름|성명|예금주명?|본명|입금자명?|수취인|신청인|명의자?|고객명|주문자|예약자)(?:은|는|이|가)?\s?"
    rf"(?P<v>{_FULL})(?=\s?(?:맞|입니다|이에요|예요|이고|이며|이라고|라고|이구요|고요|구요|이요|인데|이라|으로\s|님|씨|"
    r"이었|였|이신|이세요)|\s?[,/]|\s*$|\s?[\n.])"
)
SELF = re.compile(
    r"(?:저는|전|제가|나는|안녕하세요[.,!~]*|안녕하십니까[.,!~]*)\s{1,2}(?:[가-힣]{2,6}에?\s사는\s)?"
    rf"(?P<v>{_FULL})(?=(?:이)?(?:라고\s?합니다|라고\s?해요|라는\s)|입니다|이에요|이라고|인데요|이고요)"
)
ADDRESSED = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<v>{_NAME})(?P<gap>\s?)(?P<title>고객님|회원님|{'|'.join(_STAFF)}|님|씨|군(?=[\s,.])|양(?=[\s,.]))(?![앗])"
)
BESIDE_NUMBER = re.compile(
    rf"(?:^|[\n,/(:])\s?(?P<v>{_FULL})(?=\s?[,/):(]?\s?(?:<(?:PHONE|KR_RRN|KR_FRN|BANK_ACCOUNT|EMAIL)>))|"
    rf"<(?:PHONE|EMAIL)>\s?[,/(]\s?(?P<x>{_FULL})(?=\s?[,/)]|\s*(?:\n|$))|"
    rf"<BANK_ACCOUNT>\s?[,/(]?\s?(?:예금주\s?[:：]?\s?)?(?P<w>{_FULL})"
    r"(?=\s*$|\s?[\n,./)]|\s?(?:으로|앞으로|이쪽|여기|입니다|이고|님|씨))"
)


def is_name(word: str, *, bare: bool) -> bool:
    """Say whether a word that begins with a surname is likely a name.

    Parameters
    ----------
    word : str
        Two to four syllables of Hangul.
    bare : bool
        No 님 or 씨 follows, so that particles and endings must be told from given names.
    """
    if word in _TITLES or word.endswith(_TITLE_ENDINGS) or word in _LOOKALIKES:
        return False
    if len(word) == 2:
        return word[0] in _COMMON and word not in _LOOKALIKES_OF_TWO
    return not (bare and word.endswith(_NOT_ENDINGS))


def _labelled(match: re.Match[str]) -> bool:
    word = match["v"]
    return is_name(word, bare=True) or (len(word) == 2 and word not in _LOOKALIKES_OF_TWO | _TITLES)


def _bare(match: re.Match[str]) -> bool:
    start, end = value(match)
    return is_name(match.string[start:end], bare=True)


def _addressed(match: re.Match[str]) -> bool:
    word, gap, title = match["v"], match["gap"], match["title"]
    if not is_name(word, bare=False):
        return False
    if title == "씨" and (word in _BEFORE_SSI or (len(word) == 2 and not gap)):
        return False
    if title in ("군", "양"):
        return bool(gap) and len(word) == 3 and not word.endswith(_NOT_ENDINGS)
    if gap and (len(word) == 2 or word[-1] in "한운른신던는은의"):
        # An adjective before 고객님 ends like this; so do a few given names.
        endings = "은신운" if title in _STAFF else "은신운한"
        return len(word) == 3 and word[-1] in endings and title != "고객님"
    return True


RULES = (
    Rule("PERSON", LABELLED, anchors=_FIELDS, accept=_labelled),
    Rule("PERSON", STATED, anchors=_FIELDS, accept=_bare),
    Rule("PERSON", SELF, anchors=("저는", "전 ", "제가", "나는", "안녕하"), accept=_bare),
    Rule("PERSON", ADDRESSED, anchors=("님", "씨", "군", "양"), accept=_addressed),
    Rule("PERSON", BESIDE_NUMBER, anchors=("<phone>", "<kr_", "<bank_", "<email>"), accept=_bare),
)
