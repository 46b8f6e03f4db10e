"""HTML to text, for the texts that are HTML; others are left as they were written."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser

_LINES = (
    "center|dd|div|dt|figcaption|footer|form|header|li|main|nav|article|aside|section|tbody|tfoot|thead|tr"
)
_PARAGRAPHS = "address|blockquote|caption|dl|fieldset|figure|h[1-6]|hr|ol|p|pre|table|ul"
_BLOCKS = f"{_LINES}|{_PARAGRAPHS}"
_INLINE = (
    "abbr|acronym|b|base|bdi|bdo|big|body|br|button|cite|code|col|colgroup|data|del|dfn|em|font|"
    "head|html|i|img|input|ins|kbd|label|link|mark|meta|o:p|option|q|s|samp|select|small|span|strike|strong|"
    "sub|sup|td|th|time|tt|u|v:\\w+|var|wbr|a"
)
# A one-letter name is a tag only when bare or with attributes: "a <b and c> d" is arithmetic.
_TAG = re.compile(
    rf"</?(?:(?:{_BLOCKS}|{_INLINE})\s*/?>|(?![abipqsu]\s)(?:{_BLOCKS}|{_INLINE})\s[^<>]*>|[abipqsu]\s(?=[^<>=]*=)[^<>]*>)",
    re.IGNORECASE,
)
_STRAY = re.compile(rf"<(?!{_TAG.pattern[1:]})", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<(script|style|title|iframe|noscript)(?=[\s>])[^<>]*>|<!--|<!doctype[^<>]*>|<\?xml[^<>]*>", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")

# Marks that stand for layout while the parser looks at the text. They are white space to it (other
# characters between the rows of a table would be moved out of the table), and free for this use since
# all white space of the source has become plain spaces.
_BREAK, _OPEN, _CLOSE = "\n", "\f", "\t"
_MOST_TAGS = 3_000
_PREFORMATTED = re.compile(r"<pre(?=[\s>]).*?(?:</pre>|\Z)", re.IGNORECASE | re.DOTALL)
_QUOTE_START = re.compile(r"<blockquote(?=[\s>])", re.IGNORECASE)
_QUOTE_END = re.compile(r"</blockquote\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(rf"<(?=/?(?:{_PARAGRAPHS})[\s/>])", re.IGNORECASE)
_LINE = re.compile(rf"<(?=(?:{_LINES}|br)[\s/>])|<(?=/(?:{_LINES})\s*>(?!\s*(?:<|\Z)))", re.IGNORECASE)
_CELL = re.compile(r"<(?=/?(?:td|th)[\s/>])", re.IGNORECASE)
_LAYOUT_RUN = re.compile(r" *[\n\f\t][\n\f\t ]*")


def looks_like_html(text: str) -> bool:
    """Whether a text holds at least one HTML tag; ``<3``, ``a < b`` and ``<someone@host>`` are none."""
    return "<" in text and _TAG.search(text) is not None


def html_to_text(text: str) -> str:
    """Turn HTML into text; unescape entities of any text.

    Block elements become line breaks, block quotes become lines that start with ``>`` (so that quoted
    replies are recognised), scripts, styles and comments go. Angle brackets that belong to no HTML tag
    stay as they are.

    Parameters
    ----------
    text : str
        HTML or plain text.

    Returns
    -------
    str
        Plain text; the input itself if there is nothing to do.
    """
    if not looks_like_html(text):
        return _ENTITY.sub(lambda match: html.unescape(match.group()), text) if "&" in text else text
    source = _STRAY.sub("&lt;", _without_hidden(text).replace("\x00", ""))
    source = _PREFORMATTED.sub(lambda match: match.group().replace("\n", "\x00"), source)
    source = re.sub(r"\s+", " ", source).replace("\x00", _BREAK)
    source = _PARAGRAPH.sub(_BREAK * 2 + "<", source)
    source = _LINE.sub(_BREAK + "<", source)
    source = _QUOTE_START.sub(_OPEN + "<blockquote", source)
    source = _QUOTE_END.sub("</blockquote>" + _CLOSE, source)
    source = _CELL.sub(" <", source)
    if source.count("<") > _MOST_TAGS:
        # The parser takes quadratic time on deep nesting; no message that a person wrote comes close.
        return _laid_out(html.unescape(_TAG.sub("", source)))
    body = LexborHTMLParser(source).body
    return "" if body is None else _laid_out(body.text(deep=True, separator="", strip=False))


def _without_hidden(text: str) -> str:
    """Cut out what a browser never shows. An element that is not closed is text: it hides nothing."""
    kept: list[str] = []
    position, lower, unclosed = 0, text.lower(), set()
    for match in _HIDDEN.finditer(text):
        if match.start() < position:
            continue
        name = (match.group(1) or "").lower()
        end = match.end()
        if name or match.group() == "<!--":
            closing = f"</{name}" if name else "-->"
            if closing in unclosed:
                continue
            found = lower.find(closing, end)
            if found < 0:
                unclosed.add(closing)
                continue
            end = lower.find(">", found) + 1 or len(text)
        kept.append(text[position : match.start()])
        position = end
    kept.append(text[position:])
    return "".join(kept)


def _laid_out(text: str) -> str:
    """Replace the marks by line breaks, and by ``> `` before each line of a quotation."""
    lines: list[str] = []
    depth = 0
    position = 0
    for run in _LAYOUT_RUN.finditer(text):
        lines.append("> " * min(depth, 3) + text[position : run.start()])
        depth = max(0, depth + run.group().count(_OPEN) - run.group().count(_CLOSE))
        # Two ends of blocks in a row are a paragraph's; one is a line's.
        if run.group().count(_BREAK) > 1 and not depth:
            lines.append("")
        position = run.end()
    lines.append("> " * min(depth, 3) + text[position:])
    return "\n".join(line for line in (line.strip() for line in lines) if line != ">").strip()
