"""What the words just before a number say about it: "order no. 123-4567890" is no phone.

The nearest label decides. It must touch the number, but for fillers ("number is", "번호는", ": ", "#") and
earlier numbers of the same list.
"""

from __future__ import annotations

import re
from functools import lru_cache

WINDOW = 56
"""Characters looked at before a number."""

_FILL = (
    r"(?:[\s:：=#(\[\"'“”‘’*_/~\-–—]|번호|넘버|은|는|이|가|을|를|도|로|으로|에|의|까지|좀|제|저희|"
    r"\b(?:numbers?|num|nos?\.?|nr\.?|id|is|was|are|my|the|at|on|to|via|me|us|code|details|back|now|please)(?![a-z])|"
    r"\d[\d\-. ]{5,24}\d\s*(?:,|and|or|&|및|와|과|랑|이랑)?)*"
)


def label(words: str) -> re.Pattern[str]:
    """Compile alternatives of label words into a pattern for `labelled`.

    Parameters
    ----------
    words : str
        Alternatives of a regular expression, case-insensitive, without anchors.
    """
    return re.compile(rf"(?:{words}){_FILL}$", re.IGNORECASE)


def labelled(pattern: re.Pattern[str], text: str, start: int) -> bool:
    """Say whether the label stands right before position ``start``."""
    return _ends_with(pattern, text[max(0, start - WINDOW) : start])


@lru_cache(maxsize=1024)
def _ends_with(pattern: re.Pattern[str], window: str) -> bool:
    """Remembered, for several recognisers ask about the same number."""
    return pattern.search(window) is not None


EVIDENCE = label(
    r"\b(?:orders?|invoices?|tracking|parcel|shipment|consignment|waybill|awb|cases?|tickets?|incident|"
    r"ref(?:erence)?|sku|parts?|models?|serial|s/n|sn|items?|products?|asin|isbn|upc|ean|barcode|imei|"
    r"confirmation|bookings?|reservation|transactions?|txn|receipt|purchase|po|build|version|firmware|errors?|"
    r"codes?|job|claim|request|rma|coupon|voucher|batch|lot|article|catalog(?:ue)?|trace|correlation|commit|"
    r"sha-?\d*|md5|checksum|hash|fingerprint|device|activity|event|timestamp|meter|tracking no)\b\.?|"
    r"송장|운송장|모델명?|품번|품목|바코드|시리얼|코드|버전|빌드|오류|에러|"
    r"(?:주문|접수|예약|상품|제품|모델|품목|승인|거래|결제|쿠폰|시리얼|일련|영수증|송장|운송장|택배|등기|참조|관리|사건|발급|증권|계약|고유|"
    r"청구|교환|반품|환불|입고|재고|공지|게시글|게시물|글|방|회의|좌석|대기|추첨|당첨|이벤트|전표|견적|발주|처리|티켓|배송|조회|부품|기기|"
    r"단말|제조|로트|라이선스|회차)\s?번호"
)
"""Numbers kept as evidence: orders, parcels, tickets, products, errors, hashes."""

PHONE = label(
    r"\b(?:phone|telephone|tel|mobile|cell(?:phone)?|call(?:ing)?(?: back)?|ring|text|sms|whatsapp|fax|"
    r"contact|reach|callback|ph|mob|hp|h\.p)\b\.?|"
    r"전화|연락처?|핸드폰|휴대폰|휴대전화|폰|모바일|팩스|문자|콜백|통화|안심번호"
)
CARD = label(
    r"\b(?:cards?|visa|master\s?card|amex|american express|credit|debit)\b|카드|신용|체크|비자|마스터"
)
RRN = label(
    r"\b(?:rrn|resident(?: registration)?|registration)\b|"
    r"주민(?:등록)?(?:번호)?(?:\s?[앞뒷]자리)?|생년월일|민증|"
    r"(?:본인|실명)\s?(?:확인|인증)(?:하[가-힣]{0,4}|용)?"
)
FRN = label(r"\b(?:frn|arc|alien|foreigner(?: registration)?|registration)\b|외국인(?:\s?등록)?|등록")
SSN = label(r"\bssn\b|\bsocial(?: security)?(?: number)?\b")
BRN = label(r"\b(?:brn|business(?: registration)?|tax|registration)\b|사업자(?:\s?등록)?(?:증)?")
PASSPORT = label(r"\bpassports?\b,?|여권")
LICENCE = label(r"\blicen[cs]e\b|면허증?")
PLATE = label(
    r"\b(?:plates?|registration|reg|vehicle|licence plate|license plate|car)\b|"
    r"차량?|번호판|자동차|(?:차량?|주차)\s?등록|주차"
)
IP = label(r"\bip(?:v[46])?\b|아이피")
