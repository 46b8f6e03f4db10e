"""Cuts records into mentions, each with its place, its language and its tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pyarrow as pa

from issuemine.clean.hashing import text_hash
from issuemine.clean.joining import Sentence, cut_long, join, n_words
from issuemine.clean.language import LanguageFinder
from issuemine.clean.segments import Range, Segment, has_words, segments, stripped
from issuemine.clean.templates import outside, template_ranges
from issuemine.clean.tokens import Analyser, Analysis, Token
from issuemine.collector import paused_collector
from issuemine.config import CleanSettings
from issuemine.records import MENTION_SCHEMA, TOKEN

_BATCH_RECORDS = 2_000
_COURTESIES = ("greeting", "signature", "reply_prefix")


class _Columns:
    """Columns of MENTION_SCHEMA in the making, the tokens flat."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, int, int, int, str, str, str]] = []
        self.lemmas: list[str] = []
        self.tags: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.offsets: list[int] = [0]

    def table(self) -> pa.Table:
        """Build the table."""
        columns: list[Sequence[object]] = list(zip(*self.rows, strict=True)) or [()] * 8
        arrays = [
            pa.array(values, field.type) for values, field in zip(columns, MENTION_SCHEMA, strict=False)
        ]
        parts = (self.lemmas, self.tags, self.starts, self.ends)
        tokens = pa.StructArray.from_arrays(
            [pa.array(values, field.type) for values, field in zip(parts, TOKEN, strict=True)],
            fields=list(TOKEN),
        )
        arrays.append(pa.ListArray.from_arrays(pa.array(self.offsets, pa.int32()), tokens))
        return pa.table(arrays, schema=MENTION_SCHEMA)


class MentionSplitter:
    """Splits what is left of records after boilerplate and templates into mentions.

    Parameters
    ----------
    settings : CleanSettings
        ``mention_tokens`` is the budget of a mention in words.
    analyser : Analyser, optional
        Finds sentences and tokens; default: a new one.
    """

    def __init__(self, settings: CleanSettings, analyser: Analyser | None = None) -> None:
        self.settings = settings
        self._analyser = analyser if analyser is not None else Analyser(settings)
        self._languages = LanguageFinder(settings.languages)

    def split(
        self,
        records: pa.Table,
        templates: frozenset[str] = frozenset(),
        progress: Callable[[int], None] | None = None,
    ) -> pa.Table:
        """Split records into mentions.

        No mention covers boilerplate or a template. A record of which nothing would be left keeps the
        least of that: its templates first, then greeting and signature, then the rest.

        Parameters
        ----------
        records : pa.Table
            RECORD_SCHEMA.
        templates : frozenset of str
            Hashes of templates, from ``issuemine.clean.templates.templates``.
        progress : callable, optional
            Called with the number of records just split.

        Returns
        -------
        pa.Table
            MENTION_SCHEMA, in the order of the records and of the text. Each character is in at most one
            mention; only a record without text has none.
        """
        parts = []
        for start in range(0, records.num_rows, _BATCH_RECORDS):
            batch = records.slice(start, _BATCH_RECORDS)
            with paused_collector():
                parts.append(self._batch(batch, templates))
            if progress is not None:
                progress(batch.num_rows)
        return pa.concat_tables(parts) if parts else MENTION_SCHEMA.empty_table()

    def _batch(self, records: pa.Table, templates: frozenset[str]) -> pa.Table:
        texts = records["text"].to_pylist()
        cut: list[list[Segment]] = []
        default = self.settings.languages[0]
        rows = zip(
            texts,
            records["source"].to_pylist(),
            records["language"].to_pylist(),
            records["boilerplate"].to_pylist(),
            strict=True,
        )
        for text, source, language, spans in rows:
            ranges = _own_ranges(text, source, spans or (), templates)
            cut.append(segments(text, ranges, language or default, self._languages))
        analyses = self._analyse(texts, cut)
        columns = _Columns()
        for row, identifier in enumerate(records["record_id"].to_pylist()):
            self._mentions(identifier, texts[row], cut[row], analyses[row], columns)
        return columns.table()

    def _analyse(self, texts: list[str], cut: list[list[Segment]]) -> list[list[Analysis]]:
        """Analyse all segments, those of one language together, each once."""
        places: dict[str, list[tuple[int, int]]] = {}
        found: list[list[Analysis | None]] = [[None] * len(pieces) for pieces in cut]
        for row, pieces in enumerate(cut):
            for position, piece in enumerate(pieces):
                places.setdefault(piece.language, []).append((row, position))
        for language in sorted(places):
            pieces_of = places[language]
            parts = [texts[row][cut[row][at].start : cut[row][at].end] for row, at in pieces_of]
            for (row, at), analysis in zip(pieces_of, self._analyser.analyse(parts, language), strict=True):
                found[row][at] = analysis
        return [[analysis for analysis in row if analysis is not None] for row in found]

    def _mentions(
        self, identifier: str, text: str, pieces: list[Segment], analyses: list[Analysis], columns: _Columns
    ) -> None:
        """Add the mentions of one record to the columns."""
        sentences: list[Sentence] = []
        languages: list[str] = []
        tokens: list[Token] = []
        shifts: list[int] = []
        for piece, analysis in zip(pieces, analyses, strict=True):
            apart, item = piece.apart, piece.item
            for start, end in self._sentences(text, piece, analysis):
                sentences.append(Sentence(start, end, n_words(text[start:end]), apart, item))
                languages.append(piece.language)
                apart = item = False
            tokens.extend(analysis.tokens)
            shifts.extend([piece.start] * len(analysis.tokens))
        position = 0
        for ordinal, (first, last) in enumerate(join(sentences, self.settings.mention_tokens)):
            start, end = sentences[first].start, sentences[last - 1].end
            mention = text[start:end]
            columns.rows.append(
                (
                    f"{identifier}-{ordinal}",
                    identifier,
                    ordinal,
                    start,
                    end,
                    mention,
                    text_hash(mention),
                    languages[first],
                )
            )
            while position < len(tokens) and tokens[position].start + shifts[position] < end:
                token, shift = tokens[position], shifts[position] - start
                columns.lemmas.append(token.lemma)
                columns.tags.append(token.pos)
                columns.starts.append(token.start + shift)
                columns.ends.append(token.end + shift)
                position += 1
            columns.offsets.append(len(columns.lemmas))

    def _sentences(self, text: str, piece: Segment, analysis: Analysis) -> Iterator[Range]:
        """Sentences of a segment, in the record's offsets, without gaps other than white space."""
        most, shift = self.settings.mention_tokens, piece.start
        starts = [shift, *(shift + start for start, _ in analysis.sentences[1:]), piece.end]
        places: list[Range] = []
        for begin, following in pairwise(starts):
            start, end = stripped(text, begin, following)
            # A word has at least a letter and a space: shorter texts need no counting.
            if end - start <= 4 * most or n_words(text[start:end]) <= 2 * most:
                if start < end:
                    yield start, end
                continue
            places = places or [(token.start + shift, token.end + shift) for token in analysis.tokens]
            first, last = bisect_left(places, (start, 0)), bisect_left(places, (end, 0))
            parts = cut_long(text, places[first:last], most)
            yield from (
                [(start, parts[0][1]), *parts[1:-1], (parts[-1][0], end)]
                if len(parts) > 1
                else [(start, end)]
            )


def _own_ranges(
    text: str, source: str, spans: Sequence[dict[str, object]], known: frozenset[str]
) -> list[Range]:
    """Ranges that mentions may cover; where nothing is left, boilerplate is given up, the least first."""
    taken = [(int(str(span["start"])), int(str(span["end"])), str(span["reason"])) for span in spans]
    boilerplate = [(start, end) for start, end, _ in taken]
    ranges = outside(boilerplate, len(text))
    if known:
        marked = template_ranges(text, source, ranges, known)
        free = _worded(text, outside(sorted(boilerplate + marked), len(text)))
        if free:
            return free
    if not taken:
        return _worded(text, ranges) or _filled(text, ranges)
    for hidden in (
        boilerplate,
        [(start, end) for start, end, why in taken if why not in _COURTESIES],
        [],
    ):
        ranges = outside(hidden, len(text))
        if free := _worded(text, ranges):
            return free
    return _filled(text, [(0, len(text))])


def _worded(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Ranges with a word in them: what is left between templates is often only a dash."""
    return [piece for piece in _filled(text, ranges) if has_words(text[slice(*piece)])]


def _filled(text: str, ranges: Sequence[Range]) -> list[Range]:
    return [piece for piece in (stripped(text, *piece) for piece in ranges) if piece[0] < piece[1]]
