"""Blank spaCy pipelines: tokenizer, lookup lemmas and sentence ends for languages other than Korean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import spacy
from spacy.attrs import IDX, LEMMA, LENGTH, NORM, ORTH, POS, SENT_START, TAG
from spacy.lang.char_classes import CONCAT_ICONS
from spacy.lang.tokenizer_exceptions import emoticons
from spacy.language import BaseDefaults, Language
from spacy.lookups import Table, load_lookups
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    filter_spans,
    get_lang_class,
)
from spacy.vocab import Vocab, create_vocab

MASK = r"<[A-Z][A-Z_]*>"
"""A redaction placeholder."""

KEPT_WORDS = frozenset({"no", "not", "never", "none", "nothing", "without", "cannot", "off", "down", "up"})
"""Words of spaCy's English stop list that tell one issue from another ("login", "can not login")."""

_NUMBER = re.compile(r"[+-]?\d+(?:[.,:]\d+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_URL = re.compile(r"https?://|www\.")
_BULLET = re.compile(r"[•▪◦‣●■►▶✓✔]+")
_DASH = re.compile(r"[-–—*]+")
_INFIXES = (
    MASK,
    r"\.\.+|…|--+|[–—]",
    r"(?<=[^\W\d_])[.](?=[A-Z][^\W\d_])",
    r"(?<=[^\W\d_])[.](?=[가-힣ぁ-ヿ一-鿿])",
    r"(?<=[^\W\d_])[,;:!?(){}\[\]\"“”~=|](?=[^\W_])",
    r"(?<=\w)[,;!?(){}\[\]\"“”~=|]+(?=[^\W\d_])",
    r"(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})",
)
_NOT = 2**64 - 1  # spaCy's -1, "opens no sentence", in the unsigned integers of its arrays
_ORDINARY, _ENDS, _CLOSES, _SPACES, _BREAKS, _BULLETS, _NUMBERS = range(7)


class Form(NamedTuple):
    """What is known of a word whatever the text; ``role`` is its part in sentence ends."""

    lemma: str
    tag: str
    pos: str
    role: int


def blank_pipeline(language: str, user_words: Sequence[str] = ()) -> Language:
    """Make the pipeline of a language without a trained model.

    Parameters
    ----------
    language : str
        ISO 639-1 code; one that spaCy cannot tokenise here is treated by rules for all languages.
    user_words : sequence of str
        Words and phrases that are kept whole, in any case.

    Returns
    -------
    Language
        Its documents carry ``lemma_`` (lower-case), ``pos_`` (``X`` for words), ``tag_`` (as ``pos_``,
        or ``STOP``, ``MASK``) and sentences.
    """
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank("xx")
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer = _tokenizer(nlp.vocab, nlp.Defaults)
    nlp.add_pipe("issuemine_words", config={"user_words": list(user_words)})
    return nlp


class BlankAnalyser:
    """What :func:`blank_pipeline` does, without the documents and without the pipeline's slow start.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    user_words : sequence of str
        Words and phrases that are kept whole, in any case.
    """

    def __init__(self, language: str, user_words: Sequence[str] = ()) -> None:
        try:
            kind = get_lang_class(language)
        except ImportError:
            language, kind = "xx", get_lang_class("xx")
        defaults = kind.Defaults
        self._make_doc: Callable[[str], Doc]
        if kind.default_config["nlp"]["tokenizer"]["@tokenizers"] == "spacy.Tokenizer.v1":
            vocab = create_vocab(language, defaults)
            self._make_doc = _tokenizer(vocab, defaults)
            self._words = Words(vocab, defaults, self._make_doc, user_words)
        else:
            nlp = blank_pipeline(language, user_words)
            self._make_doc, self._words = nlp.make_doc, nlp.get_pipe("issuemine_words")

    def words(self, text: str) -> list[tuple[Form, int, int, bool]]:
        """Cut a text into words: what is known of each, start, end, whether it opens a sentence."""
        doc = self._make_doc(text)
        forms, opens = self._words.annotations(doc)
        places = doc.to_array([IDX, LENGTH]).tolist()
        return [
            (form, start, start + length, opening)
            for form, (start, length), opening in zip(forms, places, opens, strict=True)
            if form.tag != "SPACE"
        ]


def _tokenizer(vocab: Vocab, defaults: type[BaseDefaults]) -> Tokenizer:
    """A tokenizer that keeps placeholders and hyphenated words, and parts run-on sentences."""
    return Tokenizer(
        vocab,
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex((MASK, *(defaults.prefixes or ()))).search,
        suffix_search=compile_suffix_regex((MASK, *(defaults.suffixes or ()))).search,
        infix_finditer=compile_infix_regex((*_INFIXES, rf"[{CONCAT_ICONS}]")).finditer,
        token_match=re.compile(MASK).fullmatch,
        url_match=defaults.url_match,
    )


@Language.factory("issuemine_words", default_config={"user_words": []})  # type: ignore[untyped-decorator] # spaCy has no types here
def _words(nlp: Language, name: str, user_words: list[str]) -> Words:
    return Words(nlp.vocab, nlp.Defaults, nlp.make_doc, user_words)


class Words:
    """spaCy component that gives tokens their lemma and tag, and marks where sentences start.

    Whatever depends on the word alone is looked up once per distinct word.
    """

    def __init__(
        self,
        vocab: Vocab,
        defaults: type[BaseDefaults],
        make_doc: Callable[[str], Doc],
        user_words: Sequence[str] = (),
    ) -> None:
        self._strings = vocab.strings
        self._stop_words = defaults.stop_words - KEPT_WORDS
        lookups = load_lookups(vocab.lang, ["lemma_lookup"], strict=False)
        known = lookups.has_table("lemma_lookup")
        self._lemmas: Table = lookups.get_table("lemma_lookup") if known else Table()
        self._known: dict[tuple[int, int], Form] = {}
        self._user_words: PhraseMatcher | None = None
        if user_words:
            self._user_words = PhraseMatcher(vocab, attr="LOWER")
            self._user_words.add("user", [make_doc(word) for word in user_words])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place."""
        words, opens = self.annotations(doc)
        if words:
            strings = self._strings
            values = [
                (strings.add(word.lemma), strings.add(word.tag), strings.add(word.pos), 1 if start else _NOT)
                for word, start in zip(words, opens, strict=True)
            ]
            doc.from_array([LEMMA, TAG, POS, SENT_START], np.array(values, dtype=np.uint64))
        return doc

    def annotations(self, doc: Doc) -> tuple[list[Form], list[bool]]:
        """Return what is known of each token, white space included, and whether it opens a sentence.

        User words in the document are merged.
        """
        if self._user_words is not None:
            found = filter_spans(self._user_words(doc, as_spans=True))
            with doc.retokenize() as retokenizer:
                for span in found:
                    retokenizer.merge(span)
        forms = []
        for orth, norm in doc.to_array([ORTH, NORM]).tolist():
            form = self._known.get((orth, norm))
            if form is None:
                form = self._known[orth, norm] = self._learn(orth, norm)
            forms.append(form)
        return forms, sentence_starts([form.role for form in forms])

    def _learn(self, orth: int, norm: int) -> Form:
        """Look a word up."""
        word, lower = self._strings[orth], self._strings[orth].lower()
        normal = self._strings[norm].lower()
        tag = self._tag(word, lower, normal)
        lemma = word if tag == "MASK" else str(self._lemmas.get(normal, normal)).lower()
        if lemma.isdigit():
            lemma = normal
        pos = "X" if tag in {"STOP", "MASK"} else tag
        return Form(lemma, tag, pos, _role(word, tag))

    def _tag(self, word: str, lower: str, normal: str) -> str:
        if word.isspace():
            return "SPACE"
        if re.fullmatch(MASK, word):
            return "MASK"
        if _NUMBER.fullmatch(word):
            return "NUM"
        if word in emoticons:
            return "SYM"
        if not any(character.isalnum() for character in word):
            symbol = any(unicodedata.category(character) in {"So", "Sc", "Sk"} for character in word)
            return "SYM" if symbol else "PUNCT"
        if normal in {"not", "cannot"}:
            return "PART"
        if lower in self._stop_words or normal in self._stop_words or _URL.match(lower):
            return "STOP"
        return "X"


def _role(word: str, tag: str) -> int:
    if tag == "SPACE":
        return _BREAKS if "\n" in word or "\r" in word else _SPACES
    if tag == "NUM":
        return _NUMBERS
    if _BULLET.fullmatch(word):
        return _BULLETS
    if tag == "PUNCT" and not _DASH.fullmatch(word):
        return _ENDS if re.search(r"[.!?…。！？।؟]", word) else _CLOSES
    return _ORDINARY


def sentence_starts(roles: Sequence[int]) -> list[bool]:
    """Say which tokens open a sentence.

    A sentence ends after full stops, question and exclamation marks with the closing marks that
    follow, at a line break and before a bullet; "1." at its beginning does not end it.
    """
    starts: list[bool] = []
    state, length, previous = _BREAKS, 0, _ORDINARY
    for role in roles:
        if role in (_SPACES, _BREAKS):
            starts.append(False)
            state = _BREAKS if role == _BREAKS else state
            continue
        opens = state == _BREAKS or role == _BULLETS or (state == _ENDS and role not in (_ENDS, _CLOSES))
        starts.append(opens)
        length = 1 if opens else length + 1
        if role == _ENDS:
            state = _ORDINARY if previous == _NUMBERS and length == 2 else _ENDS
        elif opens or role != _CLOSES:
            state = _ORDINARY
        previous = role
    return starts
