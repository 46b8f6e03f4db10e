"""Collect the messages of the sources into the catalogues of translations.

Run ``make messages`` after writing or changing a message, then fill in what is empty; a test fails while
something is missing. Which Korean word stands for what is said in ``docs/ko/README.md``. Rephrase where a
Korean particle would depend on what a field holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "issuemine" / "locale"
SOURCES = ("issuemine", "pipelines", "api")
KEYWORDS = {"say": None, "mark": None}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_HEADER = 'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=utf-8\\n"\n\n'


def collected() -> Catalog:
    """Every message of the sources, with the files that it stands in."""
    catalogue = Catalog(project="issuemine", charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        found = extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS)
        for file, _, message, _, _ in sorted(found, key=lambda entry: (entry[0], str(entry[2]))):
            if message:
                catalogue.add(message, locations=[(f"{folder}/{Path(file).as_posix()}", 0)])
    return catalogue


def update(language: str) -> int:
    """Bring one catalogue up to date; the number of messages that wait for a translation."""
    path = LOCALE / f"{language}.po"
    known = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    catalogue = collected()
    for entry in catalogue:
        translated = known.get(entry.id) if entry.id else None
        entry.string = translated.string if translated is not None else ""
    with path.open("wb") as file:
        file.write(_HEADER.format(language=language).encode())
        write_po(file, catalogue, omit_header=True, sort_by_file=True, include_lineno=False, width=100)
    return sum(1 for entry in catalogue if entry.id and not entry.string)


def main() -> None:
    """Update all catalogues but English, which the sources hold."""
    for language in ("ko",):
        sys.stdout.write(f"{language}: {update(language)} messages to translate\n")


if __name__ == "__main__":
    main()
