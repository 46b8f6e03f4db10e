"""The language of a record: by script where that decides, by lingua where several languages share one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from lingua import IsoCode639_1, IsoCode639_3, Language, LanguageDetector, LanguageDetectorBuilder

from issuemine.clean.redaction.spans import PLACEHOLDER
from issuemine.errors import CleanError
from issuemine.messages import say

UNDETERMINED = "und"
"""ISO 639 code of a text whose letters belong to none of the expected languages."""

_SCRIPTS = {
    "Latin": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Hangul": r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Kana": r"\u3041-\u309f\u30a1-\u30ff",
    "Cyrillic": r"\u0400-\u052f",
    "Arabic": r"\u0600-\u06ff\u0750-\u077f",
    "Devanagari": r"\u0900-\u097f",
    "Greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": r"\u05d0-\u05ea",
    "Thai": r"\u0e01-\u0e5b",
    "Other": r"\u0530-\u058f\u0980-\u0dff\u10a0-\u10ff",
}
_OWN_SCRIPTS = {
    "ko": ("Hangul",),
    "ja": ("Kana", "Han"),
    "zh": ("Han",),
    "el": ("Greek",),
    "he": ("Hebrew",),
    "th": ("Thai",),
    **dict.fromkeys(("hy", "bn", "gu", "pa", "ta", "te", "ka"), ("Other",)),
}
_RUNS = {script: re.compile(f"[{ranges}]+") for script, ranges in _SCRIPTS.items()}
# A syllable block or an ideograph says about as much as two or three letters of an alphabet.
_LETTERS_PER_SIGN = {"Hangul": 2.5, "Han": 2.5, "Kana": 1.5}
_HANGUL_SHARE = 0.3
_ENOUGH_LETTERS = 12
_ENGLISH = re.compile(
    r"\b(?:the|and|but|is|it|its|it's|are|was|of|for|with|this|that|i'm|my|you|your|we|not|"
    r"can't|cant|don't|dont|have|when|please|very|does|just|from|they|what|how|get|would|should)\b",
    re.IGNORECASE,
)
"""Frequent English words that look like no word of another language in its letters."""
_LATIN_NEIGHBOURS = ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "tr", "id", "vi", "sv")
_LATIN_WORD = re.compile(rf"[{_SCRIPTS['Latin']}]{{2,}}")
_FEWEST_FOREIGN, _DOUBT = 4, 0.05
"""Different words of a text from which on it is looked at, and how likely it is English at most."""
_NAMES = {
    "und": "und",
    "한국어": "ko",
    "영어": "en",
    "일본어": "ja",
    "중국어": "zh",
    "kr": "ko",
    "jp": "ja",
    "cn": "zh",
}


@lru_cache(maxsize=4_096)
def language_code(name: str | None) -> str | None:
    """Turn what a source calls a language into its ISO 639-1 code.

    Parameters
    ----------
    name : str or None
        Such as ``EN``, ``en-US``, ``eng``, ``English``, ``한국어``.

    Returns
    -------
    str or None
        The code; None if the name is missing or unknown.
    """
    word = re.split(r"[-_. (]", (name or "").strip().lower(), maxsplit=1)[0]
    if not word:
        return None
    if word in _NAMES:
        return _NAMES[word]
    readers: tuple[Callable[[], Language], ...] = (
        lambda: Language.from_iso_code_639_1(IsoCode639_1.from_str(word.upper())),
        lambda: Language.from_iso_code_639_3(IsoCode639_3.from_str(word.upper())),
        lambda: Language.from_str(word.upper()),
    )
    for read in readers:
        try:
            return read().iso_code_639_1.name.lower()
        except ValueError:
            continue
    return None


class LanguageFinder:
    """Tells which of a few languages a text is written in.

    Letters of scripts that none of the languages uses are not looked at, so that an English title with a
    Chinese marker stays English.

    Parameters
    ----------
    languages : sequence of str
        ISO 639-1 codes to choose from, the most expected first.

    Raises
    ------
    CleanError
        If a code is unknown or there is none.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        unknown = [code for code in languages if code not in _known()]
        if unknown or not languages:
            raise CleanError(
                say(
                    "clean.languages has no usable code: {codes}.",
                    codes=", ".join(unknown) or "–",
                ),
                say("Give ISO 639-1 codes such as en and ko."),
            )
        self.languages = tuple(dict.fromkeys(languages))
        self._by_script: dict[str, list[str]] = {}
        for code in self.languages:
            for script in _scripts_of(code):
                self._by_script.setdefault(script, []).append(code)
        self._detectors: dict[tuple[str, ...], LanguageDetector] = {}

    def find(self, subjects: Sequence[str], bodies: Sequence[str]) -> list[str]:
        """Tell the language of each record.

        Parameters
        ----------
        subjects, bodies : sequence of str
            Redacted texts, one of each per record, possibly empty. The body decides where it has enough
            letters to.

        Returns
        -------
        list of str
            ISO 639-1 codes; ``und`` where all letters belong to scripts of other languages. A text
            without any letter gets the most expected language. Where English alone is expected of all
            languages in its letters, a text that is surely of another one gets that one's code.
        """
        found: list[str] = []
        undecided: dict[tuple[str, ...], list[int]] = {}
        texts: list[str] = []
        for subject, body in zip(subjects, bodies, strict=True):
            text, weights = body, self._expected(body)
            if sum(weights.values()) < _ENOUGH_LETTERS and subject:
                text = f"{subject}\n{body}"
                weights = self._expected(text)
            candidates = self._candidates(weights)
            if not candidates:
                found.append(UNDETERMINED if _has_letters(text) else self.languages[0])
            else:
                found.append(candidates[0])
                if len(candidates) > 1:
                    undecided.setdefault(candidates, []).append(len(found) - 1)
            texts.append(text if len(candidates) > 1 else "")
        self._mark_foreign(found, subjects, bodies)
        for candidates, rows in undecided.items():
            answers = self._detector(candidates).detect_languages_in_parallel_of([texts[row] for row in rows])
            for row, answer in zip(rows, answers, strict=True):
                if answer is not None:
                    found[row] = answer.iso_code_639_1.name.lower()
        return found

    def _mark_foreign(self, found: list[str], subjects: Sequence[str], bodies: Sequence[str]) -> None:
        """Give texts in the letters of English but in none of its commonest words their own language.

        Only where lingua is sure: such texts are few, and most of them are English all the same.
        """
        if self._by_script.get("Latin") != ["en"]:
            return
        for row, (subject, body) in enumerate(zip(subjects, bodies, strict=True)):
            text = body or subject
            words = _LATIN_WORD.findall(text)
            if (
                found[row] != "en"
                or len(set(words)) < _FEWEST_FOREIGN
                or len(_ENGLISH.findall(text)) > len(words) / 15
            ):
                continue
            values = self._detector(_LATIN_NEIGHBOURS).compute_language_confidence_values(text)
            if next(one.value for one in values if one.language == Language.ENGLISH) < _DOUBT:
                found[row] = values[0].language.iso_code_639_1.name.lower()

    def by_script(self, text: str, default: str) -> str:
        """Language of a part of a record: the record's, unless the part's script says otherwise.

        A few letters, such as a product's name, say nothing; Hangul is Korean wherever it stands.

        Parameters
        ----------
        text : str
            Part of a record's text.
        default : str
            The record's language.
        """
        weights = self._expected(text)
        candidates = self._candidates(weights)
        if not candidates or default in candidates:
            return default
        if "Hangul" not in weights and sum(weights.values()) < _ENOUGH_LETTERS:
            return default
        # A language that is not among the expected ones is known from the source, and left alone.
        expected = default in self.languages or default in ("", UNDETERMINED)
        return candidates[0] if expected or "Hangul" in weights else default

    def written_as(self, text: str) -> tuple[str, ...]:
        """Languages that are written in the script which carries a text, however short; none if none is."""
        return self._candidates(self._expected(text))

    def _expected(self, text: str) -> dict[str, float]:
        """Letters of each script that the languages use, signs of dense scripts weighted by what they say."""
        if "<" in text:
            text = PLACEHOLDER.sub(" ", text)
        weights = {
            script: sum(map(len, _RUNS[script].findall(text))) * _LETTERS_PER_SIGN.get(script, 1.0)
            for script in self._by_script
            if script == "Latin" or not text.isascii()
        }
        return {script: weight for script, weight in weights.items() if weight}

    def _candidates(self, weights: dict[str, float]) -> tuple[str, ...]:
        """Languages of the script that carries the text; few Hangul words among Latin names suffice."""
        if not weights:
            return ()
        total = sum(weights.values())
        if weights.get("Hangul", 0) >= _HANGUL_SHARE * total:
            return tuple(self._by_script["Hangul"])
        if "Kana" in weights and weights["Kana"] + weights.get("Han", 0) >= _HANGUL_SHARE * total:
            return tuple(self._by_script["Kana"])
        return tuple(self._by_script[max(weights, key=lambda script: (weights[script], script))])

    def _detector(self, candidates: tuple[str, ...]) -> LanguageDetector:
        if candidates not in self._detectors:
            codes = [IsoCode639_1.from_str(code.upper()) for code in candidates]
            self._detectors[candidates] = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
        return self._detectors[candidates]


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, PLACEHOLDER.sub(" ", text)))


def is_known(code: str) -> bool:
    """Whether a code is an ISO 639-1 code of a language that can be told."""
    return code in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(language.iso_code_639_1.name.lower() for language in Language.all())


def _scripts_of(code: str) -> tuple[str, ...]:
    if code in _OWN_SCRIPTS:
        return _OWN_SCRIPTS[code]
    language = Language.from_iso_code_639_1(IsoCode639_1.from_str(code.upper()))
    for script, members in (
        ("Cyrillic", Language.all_with_cyrillic_script()),
        ("Arabic", Language.all_with_arabic_script()),
        ("Devanagari", Language.all_with_devanagari_script()),
    ):
        if language in members:
            return (script,)
    return ("Latin",)
