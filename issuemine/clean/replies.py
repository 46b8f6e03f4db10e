"""Where the writer's own words end and an earlier message begins: quoted replies, forwarded messages."""

from __future__ import annotations

import re

from mailparser_reply.constants import MAIL_LANGUAGES
from mailparser_reply.parser import EmailMessage

Span = tuple[int, int, str]
"""Start, end (half-open, in characters) and reason."""

_LONGEST_HEADER = 2_000
_FEW_WORDS = 4

# "> -> >> a quoted line"; faces (>_<, >:() and comparisons (> 5 minutes) are the writer's own.
_QUOTED_LINE = re.compile(r"^[ \t]*>(?!\s*\d|[_.:;=<-])[^\n]*", re.MULTILINE)
# Plain substrings of a lower-case text are found many times faster than the patterns that they stand for.
_HINTS = (
    "\n>",
    "\n >",
    "---",
    "___",
    "===",
    "wrote:",
    "from:",
    "from :",
    "original message",
    "forwarded message",
    "reply above",
    "원본",
    "보낸",
    "작성",
    "전달",
    "쓴 글",
    "쓴글",
    "쓰신",
    "response",
    "reply",
    "answer",
    "회신",
    "回复",
    "답변",
    "답글",
    "댓글",
)
_SEPARATOR = re.compile(
    r"^[ \t>]*(?:"
    r"[-_=]{3,} ?(?:original|forwarded|원본|전달된?|이전)[ \w가-힣]{0,30}[-_=]{3,}"
    r"|(?:begin forwarded message|original message|원본 ?메시지|원본 ?메일|전달된 ?메시지) ?:?"
    r"|#{2}-? ?please type your reply above this line ?-?#{2}"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"^[ \t>]*(?:"
    r"on [^\n]{4,200}(?:\n[^\n]{0,100})?\bwrote:"
    r"|[^\n]{0,20}\d{4}[년./-][^\n]{4,100}(?:\n[^\n]{0,60})?님(?:이|께서) ?(?:작성|쓰신|보내)[^\n]{0,20}:"
    r"|[^\n]{0,60}님이 (?:작성|쓴 ?글)[^\n]{0,12}:"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# What a shop or store appends to a review when the vendor answers.
_ANSWER = re.compile(
    r"^[ \t]*(?:[-_=*]{5,}[ \t]*\n[ \t]*)?(?:开发者回复|商家回复"
    r"|(?:developer|owner)(?:[’']s)? (?:response|reply|answer)"
    r"|response from (?:the )?(?:developer|owner|business|vendor|seller)"
    r"|(?:개발자|판매자|사장님|업체|관리자)(?:의)? ?(?:답변|답글|댓글|회신))[ \t]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = (
    r"[ \t>*]*(?:from|sent|date|to|cc|subject|reply-to"
    r"|보낸 ?사람|보낸 ?날짜|보낸 ?시간|받는 ?사람|받은 ?사람|제목|참조|날짜|일시)[ \t*]*[::][^\n]*"
)
_HEADER_BLOCK = re.compile(
    rf"^(?:[-_=*]{{5,}}[ \t]*\n+)?{_FIELD}(?:\n{_FIELD}){{2,8}}", re.IGNORECASE | re.MULTILINE
)
_SENDER = re.compile(r"from|보낸 ?사람", re.IGNORECASE)


class ReplyFinder:
    """Finds quoted and forwarded messages in a message's body.

    Parameters
    ----------
    languages : tuple of str
        ISO 639-1 codes. Headers of their mail clients are recognised, as far as mail-parser-reply knows
        them, and English and Korean ones always.
    """

    def __init__(self, languages: tuple[str, ...] = ("en", "ko")) -> None:
        known = [code for code in languages if code in MAIL_LANGUAGES and code not in ("en", "ko")]
        # The library's own ``read`` gives pieces of a changed text, its header pattern gives offsets.
        self._foreign = (
            EmailMessage(text="", languages=known, include_english=False).HEADER_REGEX if known else None
        )

    def find(self, body: str) -> list[Span]:
        """Find what was written before this message.

        A header with text above it hides all that follows (or, where ``>`` marks the quotation, the
        marked lines); a header at the very top hides only itself, since what follows is all there is.

        Parameters
        ----------
        body : str
            Body of a record.

        Returns
        -------
        list of (int, int, str)
            Ranges and reasons (``quoted_reply``, ``forwarded``), in order; they may touch or overlap.
        """
        spans: list[Span] = []
        if "\n" not in body:
            return spans
        lower = body.lower()
        quoted = self._foreign is not None or lower.startswith((">", " >"))
        if not quoted and not any(hint in lower for hint in _HINTS):
            return spans
        for start, end in self._headers(body):
            if spans and start < spans[-1][1]:
                continue
            forwarded = "orward" in body[start:end] or "전달" in body[start:end]
            reason = "forwarded" if forwarded else "quoted_reply"
            own_words = len(_QUOTED_LINE.sub("", body[:start]).split())
            if own_words < (_FEW_WORDS if forwarded else 1):
                spans.append((start, end, reason))
                continue
            following = body[end:].lstrip()
            if following.startswith(">"):
                spans.append((start, end, reason))
                continue
            spans.append((start, len(body), reason))
            break
        spans.extend((*match.span(), "quoted_reply") for match in _QUOTED_LINE.finditer(body))
        return sorted(spans)

    def _headers(self, body: str) -> list[tuple[int, int]]:
        """Ranges of the lines that introduce an earlier message, in order."""
        found = [
            match.span() for pattern in (_SEPARATOR, _WROTE, _ANSWER) for match in pattern.finditer(body)
        ]
        found.extend(match.span() for match in _HEADER_BLOCK.finditer(body) if _SENDER.search(match.group()))
        if self._foreign is not None and len(max(body.split("\n"), key=len)) <= _LONGEST_HEADER:
            found.extend(match.span() for match in self._foreign.finditer(body) if match.group().strip())
        return _joined(sorted(found), body)


def _joined(ranges: list[tuple[int, int]], body: str) -> list[tuple[int, int]]:
    """Join headers with nothing but white space between: a separator line and the fields below it."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and (start <= joined[-1][1] or not body[joined[-1][1] : start].strip(" \t\n>_-*")):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
