"""Which encoding a text file is in, and whether the declared one can be true.

The whole file is looked at once, as bytes: an export may be plain ASCII for megabytes before the first
Korean name. UTF-8 and UTF-16 are recognised by their own rules, which do not err on short files; what is
left is told apart by charset-normalizer among the encodings that exports come in.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from issuemine.errors import IngestError
from issuemine.messages import say

MARK = "\udc80"
"""Stands in decoded text where bytes had no meaning; a lone surrogate, so no real text holds it."""
ON_BAD_BYTES = "issuemine-mark"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ["cp949", "cp1252", "latin_1"]
_LEGACY_WIDE = [*_LEGACY, "cp932", "gb18030", "big5", "cp1251"]
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_MAX_DAMAGE = 0.01
_ASCII = re.compile(r"[\x00-\x7f]+")
_CONTROLS = bytes(code for code in range(1, 32) if code not in (7, 8, 9, 10, 11, 12, 13, 27))


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MARK, error.end


codecs.register_error(ON_BAD_BYTES, _mark)


@dataclass(frozen=True, slots=True)
class _Scan:
    size: int
    head: bytes
    foreign: bytes
    utf8: bool
    wide: int


def detect_encoding(path: Path, declared: str | None) -> str:
    """Tell the encoding of a text file, or check the declared one.

    Parameters
    ----------
    path : Path
        The file; it is read once, twice if it is not UTF-8.
    declared : str, optional
        What the settings say; any name that Python knows.

    Returns
    -------
    str
        A codec name: ``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``cp949``, ``latin-1``,
        ``cp1252``, ... A file that is UTF-8 but for at most 1 % of its non-ASCII characters counts as
        UTF-8: its damaged rows become rejects.

    Raises
    ------
    IngestError
        If the file is empty or binary, or the declared encoding is unknown or wrong.
    OSError
        If the file cannot be read.
    """
    scan = _scan(path)
    if not scan.size:
        raise IngestError(say("{path} is empty.", path=path), say("Export it again, or leave it out."))
    found = _by_rule(scan)
    if declared is not None:
        return _checked(path, scan, declared, found)
    if found is not None:
        return found
    _refuse_binary(path, scan.head)
    return _by_library(path, scan)


def _scan(path: Path) -> _Scan:
    """Size, first bytes, lines that are not ASCII, and whether all of it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size, wide, utf8 = 0, 0, True
    head, foreign = b"", bytearray()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            head = head or block[:_SAMPLE]
            size += len(block)
            if block.isascii() and not decoder.getstate()[0]:
                continue
            if utf8:
                try:
                    text = decoder.decode(block)
                    wide += len(block) - len(text)
                except UnicodeDecodeError:
                    utf8 = False
            if len(foreign) < _SAMPLE:
                for line in block.split(b"\n"):
                    if not line.isascii():
                        foreign += line[:4096] + b"\n"
                    if len(foreign) >= _SAMPLE:
                        break
            if not utf8 and len(foreign) >= _SAMPLE:
                size = path.stat().st_size or size
                break
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    return _Scan(size, head, bytes(foreign), utf8, wide)


def _by_rule(scan: _Scan) -> str | None:
    for bom, name in _BOMS:
        if scan.head.startswith(bom):
            return name
    if b"\0" in scan.head:
        for name in ("utf-16-le", "utf-16-be"):
            if _reads_as(scan.head[: len(scan.head) // 2 * 2], name):
                return name
    if scan.utf8 and not _is_binary(scan.head):
        return "utf-8"
    return None


def _reads_as(head: bytes, name: str) -> bool:
    """Whether bytes without a byte order mark make sense as UTF-16: no odd letters, a tenth ASCII."""
    text = head.decode(name, errors="ignore")
    plain = sum(char in "\t\r\n" or " " <= char <= "~" for char in text)
    usual = plain + sum(
        "\xa0" <= char <= "\u024f" or "\u2000" <= char <= "\u206f" or "\u3130" <= char <= "\ud7a3"
        for char in text
    )
    return "\n" in text and "\0" not in text and plain >= 0.1 * len(text) and usual >= 0.98 * len(text)


def _is_binary(head: bytes) -> bool:
    """Whether the first bytes are more than 2 % controls that no text has, or 30 % NUL."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(8, 0.02 * len(head)) or head.count(0) > 0.3 * len(head)


def _refuse_binary(path: Path, head: bytes) -> None:
    if _is_binary(head):
        raise IngestError(
            say("{path} is not text: it is full of NUL or control characters.", path=path),
            say("Export it as CSV, TSV, JSON Lines or Parquet (unpack it first if it is an archive)."),
        )


def _checked(path: Path, scan: _Scan, declared: str, found: str | None) -> str:
    try:
        name = codecs.lookup(declared).name
        "".encode(name)
    except LookupError as error:
        raise IngestError(
            say("ingest.encoding is {declared!r}, which is no known encoding.", declared=declared),
            say("Use a name such as utf-8, utf-16, cp949 or latin-1, or leave it out."),
        ) from error
    ours = name.replace("-", "_").split("_sig")[0]
    if found is None:
        if not ours.startswith(("utf_16", "utf_32")):
            _refuse_binary(path, scan.head)
    else:
        theirs = found.replace("-", "_").split("_sig")[0]
        sure = found != "utf-8" or scan.wide >= 4 or ours.startswith(("utf_16", "utf_32"))
        if sure and not (theirs.startswith(ours) or ours.startswith(theirs)):
            raise _wrong(path, declared, found)
        if ours in ("utf_8", "utf_16", "utf_32"):
            return found
    if _damage(path, name) > _MAX_DAMAGE:
        raise _wrong(path, declared, found or _by_library(path, scan))
    return name


def _wrong(path: Path, declared: str, found: str) -> IngestError:
    return IngestError(
        say(
            "{path} is not {declared}, as ingest.encoding says: it reads as {found}.",
            path=path,
            declared=declared,
            found=found,
        ),
        say('Set ingest.encoding = "{found}", or leave it out so that each file is detected.', found=found),
    )


def _by_library(path: Path, scan: _Scan) -> str:
    if _damage(path, "utf-8") <= _MAX_DAMAGE:
        return "utf-8"
    bytes_ = scan.foreign
    high = len(bytes_) - len(bytes_.decode("ascii", errors="ignore"))
    # Few bytes fit many encodings: the rarer ones are tried only where there is enough to tell.
    names = _LEGACY if high < 64 else _LEGACY_WIDE
    best = from_bytes(bytes_, cp_isolation=names).best()
    found = "latin_1" if best is None else best.encoding
    if found in ("cp1252", "latin_1"):
        # The two differ in 0x80 to 0x9F only, which are control characters in Latin-1.
        return "cp1252" if any(0x80 <= byte <= 0x9F for byte in bytes_) else "latin-1"
    return found


def _damage(path: Path, name: str) -> float:
    """Share of the characters outside ASCII that could not be decoded, over the whole file."""
    decoder = codecs.getincrementaldecoder(name)(errors=ON_BAD_BYTES)
    bad = wide = 0
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                text = decoder.decode(block)
                if not text.isascii():
                    wide += len(_ASCII.sub("", text))
                    bad += text.count(MARK)
        bad += decoder.decode(b"", final=True).count(MARK)
    except UnicodeError:  # such as UTF-16 without a byte order mark
        return 1.0
    return bad / max(wide, 1)
