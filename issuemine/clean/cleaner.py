"""From raw records to records that may be stored: one writing, nothing personal, language, boilerplate."""

from __future__ import annotations

import hmac
import re
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version

import pyarrow as pa

from issuemine.clean.boilerplate import BoilerplateFinder
from issuemine.clean.hashing import content_hashes, keyed_hash, record_id
from issuemine.clean.html import html_to_text
from issuemine.clean.language import LanguageFinder, language_code
from issuemine.clean.redaction.shared import shared_redactor
from issuemine.clean.redaction.spans import Redacted
from issuemine.clean.unicode import normalise
from issuemine.config import CleanSettings
from issuemine.errors import CleanError
from issuemine.messages import say
from issuemine.records import LABEL_FIELDS, RECORD_SCHEMA

_DERIVED = ("record_id", "content_hash", "boilerplate", "redactions")
_SHORTEST_KEY = 16
_CUT_OFF = re.compile(r"\s*(?:\.\.\.+|…)$")
_EDGES = " \t\n.,!?:;~…"


class Cleaner:
    """Makes raw records fit to be stored and mined.

    Parameters
    ----------
    settings : CleanSettings
        Languages, further patterns to redact.
    customer_key : bytes
        Secret key of the customers' pseudonyms, at least 16 bytes; the same in all runs.

    Raises
    ------
    CleanError
        If the key is too short or a language is unknown.
    """

    def __init__(self, settings: CleanSettings, customer_key: bytes) -> None:
        if len(customer_key) < _SHORTEST_KEY:
            raise CleanError(
                say(
                    "The customer key has {length} bytes; at least {least} are needed.",
                    length=len(customer_key),
                    least=_SHORTEST_KEY,
                ),
                say("Set clean.customer_key to a long random string, or leave it out to have one made."),
            )
        self.settings = settings
        self._key = customer_key
        told = settings.model_dump_json(exclude={"customer_key"}) + version("issuemine")
        self._recipe = hmac.digest(customer_key, told.encode(), "sha256")
        self._redactor = shared_redactor(settings)
        self._languages = LanguageFinder(settings.languages)
        self._boilerplate = BoilerplateFinder(settings.languages)

    def clean(self, raw: pa.Table, *, pseudonyms: bool = False) -> pa.Table:
        """Clean records.

        Parameters
        ----------
        raw : pa.Table
            RAW_RECORD_SCHEMA.
        pseudonyms : bool, default False
            Whether customers are named by what `pseudonym` gave.

        Returns
        -------
        pa.Table
            RECORD_SCHEMA, the same rows in the same order. ``text`` is the subject, a blank line and the
            body; a subject with which the body begins anyway is left out.
        """
        redacted = self._texts(raw)
        texts, subjects, bodies, spans, counts = [], [], [], [], []
        for subject, body in redacted:
            repeated = subject.text and _begins_with(body.text, subject.text)
            head = "" if repeated else subject.text
            gap = "\n\n" if head and body.text else ""
            texts.append(head + gap + body.text)
            subjects.append(head)
            bodies.append(body.text)
            spans.append(self._boilerplate.find(head, body.text, len(head) + len(gap)))
            kinds = Counter(
                span.kind for part in ((body,) if repeated else (subject, body)) for span in part.spans
            )
            counts.append(sorted(kinds.items()))
        columns = self._facts(raw, pseudonyms)
        columns["language"] = pa.array(self._language(raw["language"], subjects, bodies), pa.string())
        columns["text"] = pa.array(texts, pa.string())
        columns["boilerplate"] = pa.array(
            [[{"start": start, "end": end, "reason": why} for start, end, why in row] for row in spans],
            RECORD_SCHEMA.field("boilerplate").type,
        )
        columns["redactions"] = pa.array(counts, RECORD_SCHEMA.field("redactions").type)
        sources, identifiers = raw["source"].to_pylist(), columns["external_id"].to_pylist()
        columns["record_id"] = pa.array(
            [record_id(source, name) for source, name in zip(sources, identifiers, strict=True)], pa.string()
        )
        content = [(field, columns[field.name]) for field in RECORD_SCHEMA if field.name not in _DERIVED]
        columns["content_hash"] = pa.array(content_hashes(content, raw.num_rows), pa.string())
        return pa.table([columns[name] for name in RECORD_SCHEMA.names], schema=RECORD_SCHEMA)

    def redact(self, text: str) -> str:
        """One text as records have it: no HTML, one writing, nothing personal."""
        plain = normalise(html_to_text(text))
        return self._redactor.redact(plain).text if plain else ""

    def pseudonym(self, customer: str) -> str:
        """What stands for a customer in all records."""
        return keyed_hash(self._key, customer)

    def fingerprints(self, raw: pa.Table) -> pa.Array:
        """What a row says and how it would be cleaned, as a keyed hash that gives neither away.

        A row whose fingerprint is known needs no cleaning: it would give the record that is there. Other
        settings, or another version, give other fingerprints, so that they reach what was read before.

        Parameters
        ----------
        raw : pa.Table
            RAW_RECORD_SCHEMA.

        Returns
        -------
        pa.Array of string
            32 hex digits for each row.
        """
        columns = [(field, raw[field.name]) for field in raw.schema]
        return pa.array(content_hashes(columns, raw.num_rows, self._recipe), pa.string())

    def _texts(self, raw: pa.Table) -> list[tuple[Redacted, Redacted]]:
        """Subjects and bodies in one writing and redacted."""
        seen: dict[str, Redacted] = {}
        nothing = Redacted("")

        def redact(text: str | None) -> Redacted:
            if not text:
                return nothing
            if text not in seen:
                plain = normalise(html_to_text(text))
                seen[text] = self._redactor.redact(plain) if plain else nothing
            return seen[text]

        subjects = [subject and " ".join(subject.split()) for subject in raw["subject"].to_pylist()]
        return [
            (redact(subject), redact(body))
            for subject, body in zip(subjects, raw["body"].to_pylist(), strict=True)
        ]

    def _language(self, named: pa.ChunkedArray, subjects: list[str], bodies: list[str]) -> list[str]:
        """Languages as the source names them, else as the text tells."""
        codes = [language_code(name) for name in named.to_pylist()]
        open_rows = [row for row, code in enumerate(codes) if code is None]
        found = self._languages.find([subjects[row] for row in open_rows], [bodies[row] for row in open_rows])
        answers = iter(found)
        return [code if code is not None else next(answers) for code in codes]

    def _facts(self, raw: pa.Table, pseudonyms: bool) -> dict[str, pa.Array | pa.ChunkedArray]:
        """All other columns; people put addresses and numbers into any of them."""
        columns = {name: raw[name] for name in raw.column_names if name not in ("subject", "body")}
        safe = self._remembering()
        for name in LABEL_FIELDS:
            if columns[name].null_count < raw.num_rows:
                columns[name] = _mapped(columns[name], safe)
        columns["external_id"] = _mapped(columns["external_id"], self._identifier)
        if not pseudonyms:
            columns["customer_ref"] = _mapped(
                columns["customer_ref"], lambda ref: self.pseudonym(ref) if ref.strip() else None
            )
        columns["tags"] = pa.array(
            [
                None if tags is None else [safe(tag) for tag in tags if tag is not None]
                for tags in raw["tags"].to_pylist()
            ],
            raw["tags"].type,
        )
        columns["attributes"] = pa.array(
            [
                None
                if pairs is None
                else sorted((safe(key), None if value is None else safe(value)) for key, value in pairs)
                for pairs in raw["attributes"].to_pylist()
            ],
            raw["attributes"].type,
        )
        return columns

    def _remembering(self) -> Callable[[str], str]:
        """Redact short values, each distinct one once."""
        seen: dict[str, str] = {}

        def safe(value: str) -> str:
            if value not in seen:
                seen[value] = self._redactor.redact(normalise(value)).text
            return seen[value]

        return safe

    def _identifier(self, name: str) -> str:
        """Identifiers are evidence and stay, except an address used as one: it gets a pseudonym."""
        kinds = {span.kind for span in self._redactor.redact(name).spans} if "@" in name else set()
        return f"id-{keyed_hash(self._key, name)[:16]}" if "EMAIL" in kinds else name


def _mapped(column: pa.ChunkedArray, change: Callable[[str], str | None]) -> pa.Array:
    return pa.array([None if value is None else change(value) for value in column.to_pylist()], pa.string())


def _begins_with(body: str, subject: str) -> bool:
    """Whether a subject says only what the body says first; exports cut such subjects off with dots."""
    start = " ".join(_CUT_OFF.sub("", subject).casefold().split())
    cut_off = len(start) and _CUT_OFF.search(subject) is not None
    start = start.strip(_EDGES)
    words = " ".join(body[: 2 * len(subject) + 20].casefold().split()).lstrip(_EDGES)
    if not start or not words.startswith(start):
        return False
    return bool(cut_off) or len(words) == len(start) or not words[len(start)].isalnum()
