"""Korean names, only where the words around say that a name stands there."""

from __future__ import annotations

import re

from issuemine.clean.redaction.names_ko import (
    COMPOUND_SURNAMES,
    LOOKALIKES,
    NOT_ENDINGS,
    SURNAMES,
    TITLE_ENDINGS,
    TITLES,
)
from issuemine.clean.redaction.rules import Rule

_NAME = rf"(?:(?:{'|'.join(COMPOUND_SURNAMES)})[가-힣]{{1,2}}|[{SURNAMES}][가-힣]{{2}}|[{SURNAMES}][가-힣])"
_FULL = rf"(?:(?:{'|'.join(COMPOUND_SURNAMES)})[가-힣]{{1,2}}|[{SURNAMES}][가-힣]{{2}})"
_LABEL = (
    r"(?:성\s?함|이름|성명|예금주명?|고객명|신청인|신청자|수취인|수령인|받는\s?(?:사람|분|이)|보내는\s?(?:사람|분)|주문자|입금자명?|송금인|명의자?|"
    r"계약자|대표자|보호자|환자명|탑승자|예약자명?|가입자|가입자명|담당자|상담원|상담사|작성자|닉네임|수신인|입금인)"
)

_FIELDS = (
    "성함", "성 함", "이름", "성명", "예금주", "고객명", "신청", "수취", "수령", "받는", "보내는", "주문자", "입금", "송금", "명의", "계약자",
    "대표자", "보호자", "환자", "탑승", "예약자", "가입자", "담당자", "상담", "작성자", "닉네임", "수신인", "본명",
)  # fmt: skip

LABELLED = re.compile(
    rf"{_LABEL}\s?[:：=\-)(]\s?(?P<v>{_NAME})(?=님|씨|입니다|이고|이며|이에요|예요|[^가-힣]|$)"
)
STATED = re.compile(
    rf"(?:성\s?함|이름|성명|예금주명?|본명|입금자명?|수취인|신청인|명의자?|고객명|주문자|예약자)(?:은|는|이|가)?\s?(?P<v>{_FULL})"
    r"(?=\s?(?:맞|입니다|이에요|예요|이고|이며|이라고|라고|이구요|고요|구요|이요|인데|이라|으로\s|님|씨|이었|였|이신|이세요)|\s?[,/]|\s*$|\s?[\n.])"
)
SELF = re.compile(
    rf"(?:저는|전|제가|나는|안녕하세요[.,!~]*|안녕하십니까[.,!~]*)\s{{1,2}}(?:[가-힣]{{2,6}}에?\s사는\s)?(?P<v>{_FULL})"
    r"(?=(?:이)?(?:라고\s?합니다|라고\s?해요|라는\s)|입니다|이에요|이라고|인데요|이고요)"
)
BEFORE_NIM = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<v>{_NAME})(?P<gap>\s?)(?P<title>고객님|회원님|님|씨|군(?=[\s,.])|양(?=[\s,.]))(?![가-힣]{{0,1}}[앗])"
)
BESIDE_NUMBER = re.compile(
    rf"(?:^|[\n,/(:])\s?(?P<v>{_FULL})(?=\s?[,/):(]?\s?(?:<(?:PHONE|KR_RRN|KR_FRN|BANK_ACCOUNT|EMAIL)>))"
    rf"|<BANK_ACCOUNT>\s?[,/(]?\s?(?:예금주\s?[:：]?\s?)?(?P<w>{_FULL})(?=\s*$|\s?[\n,./)]|\s?(?:으로|앞으로|입니다|이고|님|씨))",
)

_TWO = frozenset("김이박최정강조윤장임한오서신권황안송류홍허")
"""Surnames common enough for a name of two syllables."""
_TWO_NOT = frozenset(
    "이모 고모 정말 이제 이번 이런 한번 한분 서로 강사 조사 조교 장사 장모 장인 임원 오늘 오직 신규 신입 신부 신랑 안내 안녕 송금 한국 "
    "이름 이분 이용 정보 정상 정식 조금 조카 윤리 장기 임시 한마 서방 권리 황제 허위 홍보 강아 최고 최근 최대 정도 정기 김치 이미 이상 "
    "서울 신한 오빠 한명 조상 이전 박사 이사 안과 정규 정회 최초 이체 한도 서버 서비 신용 신청 신고 장애 장난 안전 송장 정지 한참 최악 "
    "이웃 조합 조원 한인 한전 이앱 이거 그분 최신 최소 최종 이후 이하 이외 이틀 이달".split()
)
_SSI_NOT = frozenset(
    "아저 날 글 솜 말 마음 불 아가 맵 손글 이글 한글 김모 이모 박모 최모 정모 모 오늘날 이날 주말날 국번 성 홍 금방 이런날 어떤날".split()
)
_GENERIC = frozenset(
    "우수 신규 기존 이용 일반 전체 해당 주거래 장기 정기 한국 국내 소중한 모든 다른 여러 신한 우리 하나 국민".split()
)


def _is_title(word: str) -> bool:
    return word in TITLES or any(word.endswith(ending) for ending in TITLE_ENDINGS)


def is_name(word: str, *, bare: bool) -> bool:
    """Say whether a word that begins with a surname is likely a name.

    Parameters
    ----------
    word : str
        Two to four syllables of Hangul.
    bare : bool
        No 님 or 씨 follows, so that particles and endings must be told from given names.
    """
    if _is_title(word) or word in LOOKALIKES or word in _GENERIC:
        return False
    if len(word) == 2:
        return word[0] in _TWO and word not in _TWO_NOT
    return not (bare and word.endswith(NOT_ENDINGS))


def _labelled(match: re.Match[str]) -> bool:
    word = match["v"]
    return is_name(word, bare=True) or (len(word) == 2 and word not in _TWO_NOT | TITLES)


def _bare(match: re.Match[str]) -> bool:
    word = match.groupdict().get("v") or match.groupdict().get("w") or ""
    return is_name(word, bare=True)


def _nim(match: re.Match[str]) -> bool:
    word, gap, title = match["v"], match["gap"], match["title"]
    if not is_name(word, bare=False):
        return False
    if title == "씨" and (word in _SSI_NOT or (len(word) == 2 and not gap)):
        return False
    if title in ("군", "양"):
        return bool(gap) and len(word) == 3 and not word.endswith(NOT_ENDINGS)
    if gap and (len(word) == 2 or word.endswith(("한", "운", "른", "신", "던", "는", "은", "의"))):
        # An adjective before 고객님 ends like this; so do few given names.
        return len(word) == 3 and word[-1] in "은신운한" and title != "고객님"
    return True


RULES = (
    Rule("PERSON", LABELLED, anchors=_FIELDS, accept=_labelled),
    Rule("PERSON", STATED, anchors=_FIELDS, accept=_bare),
    Rule("PERSON", SELF, anchors=("저는", "전 ", "제가", "나는", "안녕하"), accept=_bare),
    Rule("PERSON", BEFORE_NIM, anchors=("님", "씨", "군", "양"), accept=_nim),
    Rule("PERSON", BESIDE_NUMBER, anchors=("<phone>", "<kr_", "<bank_", "<email>"), accept=_bare),
)
