"""One way of writing a text: NFC, plain line ends and spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EMOJI_OR_JOINING_SCRIPT = r"\u2600-\u27bf\ufe0f\U0001f000-\U0001faff\u0600-\u06ff\u0750-\u077f\u0900-\u0dff"
# A joiner stays where it shapes emoji or Arabic and Indic letters. Between other letters it only hides
# a word (or an address) from search, so it goes, as do marks of direction and tag characters.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    rf"|(?<![{_EMOJI_OR_JOINING_SCRIPT}])[\u200c\u200d]"
)
_BEFORE_LINE_END = re.compile(r"[ \t]+\n")
_BLANK_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    r"""Bring a text to one way of writing it.

    NFC; line ends as ``\n``, at most one blank line in a row; every kind of space as a plain one; control,
    zero-width and direction characters out; stripped.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text, unchanged by a second call.
    """
    if not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text)
        text = _SPACES.sub(" ", text)
        # A removed character can bring a joiner next to another letter, hence the loop.
        while (without := _INVISIBLE.sub("", text)) != text:
            text = without
        text = unicodedata.normalize("NFC", text)
        text = _BEFORE_LINE_END.sub("\n", text)
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()
