"""The wordings of greetings, closings, signatures and disclaimers, in English and Korean."""

from __future__ import annotations

import re

_HELLO = r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))"
_ADDRESSEE = (
    r"(?:there|all|team|support(?: team)?|customer (?:service|support|care)(?: team)?|everyone|everybody"
    r"|folks|guys|sirs?|madam|ma'am|sir ?(?:/|or) ?madam|friends?)"
)
# A name is capitalised even where all else may be written either way, or it is redacted.
_NAME_WORD = r"(?:<[A-Z_]+>|(?-i:[A-Z][\w'’-]{1,20}))"
_NAME = rf"(?:(?:mr|mrs|ms|dr)\.? )?{_NAME_WORD}(?: {_NAME_WORD}){{0,2}}"
_STAFF = r"(?:담당자|상담사|상담원|관계자|고객센터|운영자|개발자)"
_ANNYEONG = r"안녕(?:하세요|하십니까|하신가요|하세여|하셔요)[ \t]*[.,!~?^ㅎㅋ:)]*"
GREETING = re.compile(
    r"\s*(?:"
    rf"(?:{_HELLO}|greetings)(?: (?:the )?(?:{_ADDRESSEE}|{_NAME}))?"
    r"(?:[ \t]*[,!:]+|[ \t]*(?=\n|\Z)|[ \t]*[-–—](?=\s))"
    # A full stop closes a greeting only behind a word that cannot be part of a statement.
    rf"|{_HELLO}(?: {_ADDRESSEE})?[ \t]*\.(?=\s|\Z)"
    r"|to whom it may concern[,.:]?"
    rf"|(?:(?:[가-힣A-Za-z<>_]{{1,20}} ){{0,2}}{_STAFF}(?:님|분)?(?:께)?[ \t,.!~]*)?{_ANNYEONG}"
    rf"(?:[ \t]*(?:[가-힣]{{0,8}} ?)?{_STAFF}(?:님|분)(?:들)?[ \t]*[.,!~]*)?"
    r"|수고(?:가 |들 )?(?:많으십니다|많으세요|하십니다|하시네요)[ \t]*[.,!~^]*"
    r")",
    re.IGNORECASE,
)

_REGARDS = (
    r"(?:with )?(?:best|kind|kindest|warm|warmest|many thanks and)? ?(?:regards|wishes)|best(?=,)"
    r"|all the best|cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|respectfully"
    r"|rgds|br(?=,)"
)
_THANKS = (
    r"(?:(?:many|much) )?(?:thanks|thank you|thankyou|thx|ty)(?: you)?(?: all| team| guys| again)?"
    r"(?: (?:so|very) much| a lot| a million)?(?: in advance| again)?"
    r"(?: for (?:your|the|any|all your) (?:kind )?"
    r"(?:help|time|support|assistance|attention|understanding|cooperation))?"
    r"(?: (?:and|&) (?:best |kind )?regards)?"
)
_KOREAN_CLOSING = (
    r"(?:미리 |항상 |늘 )?(?:감사합니다|감사드립니다|감사해요|고맙습니다|수고하세요|수고하십시오|수고하십쇼"
    r"|좋은 하루 (?:되세요|보내세요))"
)
CLOSING = re.compile(
    rf"[ \t]*(?:{_REGARDS}|{_THANKS}|{_KOREAN_CLOSING})"
    r"(?:[ \t]*[,.!~^;:)♥❤️🙏😊👍-]+[ \t]*|[ \t]+|$)"
    rf"(?:{_NAME}[.]?|[가-힣]{{2,4}} ?(?:드림|올림|배상))?[ \t]*",
    re.IGNORECASE,
)
"""A whole line of closing words, with or without a name behind them."""

SIGNED = re.compile(
    # "환불해 드림" is a statement: a verb stands before 드림.
    r"[ \t]*(?:[가-힣]{2,12} )?(?![가-힣]*[해여아어려내겨] ?드림)(?:[가-힣]{2,4}|<[A-Z_]+>) ?"
    r"(?:드림|올림|배상)[ \t.]*"
)
"""A whole line in which a Korean writer signs."""

CONTACT = re.compile(r"<[A-Z_]+>|[@|☎☏]|\d{3}|www\.|https?:|^\W*$")
TITLE_WORD = re.compile(r"(?:[A-Z][\w.'’&/-]*|of|and|at|the|for|in|de|van|von|[,|/&·-]+),?")
KOREAN_PREDICATE = re.compile(r"(?:[다요까죠음함됨임네]|[ㄱ-ㅎㅏ-ㅣ~!?.…])\s*$")

DELIMITER = re.compile(r"^-- ?$", re.MULTILINE)
_DEVICE = (
    r"(?:iphone|ipad|ipod|android|samsung|galaxy|outlook|yahoo|mail|gmail|mobile|phone|blackberry|huawei"
    r"|xiaomi|pixel|device|tablet|smartphone|app)"
)
FROM_DEVICE = re.compile(
    r"(?:^[ \t]*|(?<=[.!?…] ))(?:"
    rf"sent (?:from|via|with|using) (?:[\w’'+./-]+ ){{0,4}}{_DEVICE}(?: [\w’'+./-]+){{0,4}}"
    r"|get outlook for (?:ios|android)\b[^\n]{0,80}|outlook용? (?:ios|android)용?[^\n]{0,30}"
    r"|(?:나의 |내 |제 )?[\w가-힣+’' -]{2,40}에서 (?:보냄|보낸 메일입니다|보냈습니다|전송됨|작성됨)"
    r")[ \t.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_KOREAN_MAIL = r"(?:메일|이메일|전자우편)"
_SENSITIVE = r"(?:기밀|비밀|발신 ?전용|수신인)"
DISCLAIMER = re.compile(
    r"not (?:the |an )?intended (?:recipient|addressee)"
    r"|intended (?:solely|only) for the (?:use|person|addressee|recipient)"
    r"|this (?:e-?mail|message|communication)[^\n]{0,80}(?:confidential|privileged|virus)"
    r"|confidentiality (?:notice|note)|^[ \t*]*(?:legal )?disclaimer[ \t*]*:"
    r"|consider the environment before print|e-?mail originated (?:from )?outside"
    rf"|[본이] ?{_KOREAN_MAIL}[^\n]{{0,60}}{_SENSITIVE}|발신 ?전용 ?{_KOREAN_MAIL}",
    re.IGNORECASE | re.MULTILINE,
)

# Plain substrings of a lower-case text are found many times faster than the patterns that they stand for.
DEVICE_HINTS = ("sent ", "outlook", "에서 ")
DISCLAIMER_HINTS = (
    *("recipient", "intended ", "confidential", "disclaimer", "privileged", "virus"),
    *("environment before", "originated", "메일", "전자우편"),
)
