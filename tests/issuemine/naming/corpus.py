"""Small corpora with known topics: wording varies, meaning does not."""

import itertools
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from issuemine.clean.tokens import Analyser
from issuemine.config import CleanSettings
from issuemine.records import MENTION_SCHEMA

_OPENINGS = ("", "Hello, ", "Since Monday ", "Please help: ", "On my iPhone ")
_CLOSINGS = (".", " and nobody answers.", "! Very annoying.", ". I wrote to <EMAIL> already.", " again.")
_ISSUES = (
    ("my card payment was declined", "the card payment declined twice", "card payment declined at the shop"),
    ("the app keeps crashing", "the app keeps crashing when I open it", "app crashes all the time"),
    ("I can't log in", "it says wrong password and I can't log in", "I still can't log in with my password"),
    ("my parcel has not arrived", "the parcel has not arrived yet", "where is my parcel, it has not arrived"),
)
KOREAN = (
    (
        "로그인이 안 돼요",
        "로그인이 계속 안 됩니다",
        "업데이트하고 나서 로그인이 안 돼요",
        "아침부터 로그인이 전혀 안 되네요",
    ),
    (
        "인증서 가져오기 오류가 나요",
        "인증서 가져오기 오류 때문에 못 써요",
        "인증서 가져오기에서 오류가 발생해요",
    ),
    ("앱이 너무 느려요", "앱이 정말 느려요", "업데이트 후 앱이 느려요", "요즘 앱이 느려서 답답해요"),
)


def english() -> tuple[list[str], list[int]]:
    """Texts and their topics."""
    made = [
        (opening + text + closing, topic)
        for topic, texts in enumerate(_ISSUES)
        for opening, text, closing in itertools.product(_OPENINGS, texts, _CLOSINGS)
    ]
    return [text for text, _ in made], [topic for _, topic in made]


def korean() -> tuple[list[str], list[int]]:
    """Texts and their topics."""
    closings = ("", ".", " 확인 부탁드립니다.", " ㅠㅠ", "!! 010은 <PHONE> 입니다.")
    made = [(text + end, topic) for topic, texts in enumerate(KOREAN) for text in texts for end in closings]
    return [text for text, _ in made], [topic for _, topic in made]


def mention_table(texts: Sequence[str], language: str = "en", offset: int = 7) -> pa.Table:
    """Mentions that stand ``offset`` characters into their records, each of its own record."""
    analyses = Analyser(CleanSettings()).analyse(texts, language)
    return pa.table(
        {
            "mention_id": [f"r{i:04d}-0" for i in range(len(texts))],
            "record_id": [f"r{i:04d}" for i in range(len(texts))],
            "ordinal": [0] * len(texts),
            "start": [offset] * len(texts),
            "end": [offset + len(text) for text in texts],
            "text": list(texts),
            "text_hash": [f"{i:032x}" for i in range(len(texts))],
            "language": [language] * len(texts),
            "tokens": [[token._asdict() for token in analysis.tokens] for analysis in analyses],
        },
        schema=MENTION_SCHEMA,
    )


def unit_vectors(texts: Sequence[str], dim: int = 12) -> np.ndarray:
    """Vectors of character n-grams: near where the wording is."""
    counts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit_transform(texts)
    return normalize(TruncatedSVD(dim, random_state=0).fit_transform(counts)).astype(np.float32)
