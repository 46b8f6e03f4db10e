"""Small tests on numbers that several recognisers share."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DATE = re.compile(
    r"(?:19|20)\d\d([-./ ])\s?\d{1,2}\1\s?\d{1,2}(?!\d)|\d{1,2}([-./ ])\d{1,2}\2(?:19|20)\d\d(?!\d)"
)
_COUNTER = re.compile(
    r"\s?(?:원(?![룸주])|만(?!나)|천(?!안)|백(?!화)|억|달러|엔|유로|개(?![설통인])|건(?!물)|명(?![의동])|회(?![사원신복])|번(?![지길호])|분(?![당실])|초(?!등)|"
    r"시간|시(?![가-힣])|일(?![가-힣])|월(?!급)|년|주일|주년|주간|차(?![량고])|위(?!치)|점(?![포검])|배(?![송달])|살|세(?![가-힣])|장(?![소애])|"
    r"대(?![로학전구리출표])|등(?![기록급])|박|퍼센트|프로|%|자리|글자|자(?![가-힣])|호선|호점|호기|번째|인분|평(?!택)|"
    r"km|kg|gb|mb|원대|usd|krw|won|dollars|euros)",
    re.IGNORECASE,
)


def digits(text: str) -> str:
    """Keep the decimal digits of a text, of any script, as ASCII."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def is_date(text: str) -> bool:
    """Say whether a text begins with a calendar date in figures (2021-02-23, 23.02.2021)."""
    return _DATE.match(text) is not None


def counts_something(after: str) -> bool:
    """Say whether a number followed by this text is an amount or a count (원, 개, 시간, km)."""
    return _COUNTER.match(after) is not None


def is_birth(yymmdd: str, century: str) -> bool:
    """Say whether six digits and the seventh of a Korean registration number make a calendar date.

    The seventh digit is 1, 2, 5, 6 for births of the 1900s and 3, 4, 7, 8 for the 2000s.
    """
    year = (1900 if century in "1256" else 2000) + int(yymmdd[:2])
    try:
        date(year, int(yymmdd[2:4]), int(yymmdd[4:6]))
    except ValueError:
        return False
    return True
