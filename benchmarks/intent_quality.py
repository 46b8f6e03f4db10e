"""How well intents agree with what people said of the same texts in another way: labels and stars.

    python benchmarks/intent_quality.py [--data ../shared/data]

Prints areas under the ROC curve of low praise probability: NHS comments by human sentiment (4, 5 against
1, 2), Teams and Shinhan reviews by stars (1, 2 against 4, 5), for each half of a fixed random split (only
half A was read while prototypes were written) and for all. Fails if a prototype is a sentence of any set.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from sklearn.metrics import roc_auc_score

from issuemine.clean import MentionSplitter
from issuemine.config import CleanSettings, EmbedSettings
from issuemine.embed import load_encoder
from issuemine.intent import IntentClassifier, TextIntentClassifier, prototypes
from issuemine.intent.calibration import calibration_error
from issuemine.intent.classifier import _unit, _vote
from issuemine.records import RECORD_SCHEMA, Intent

PRAISE = list(Intent).index(Intent.PRAISE)
SCRAPERS_MARKER = "（该条评论已经被删除）"


def half(identifiers: pd.Series) -> np.ndarray:
    """0 for half A, 1 for half B, by a hash of the identifier."""
    return np.array([hashlib.blake2b(str(i).encode()).digest()[0] % 2 for i in identifiers])


def nhs(data: Path) -> pd.DataFrame:
    table = pd.read_csv(data / "nhs_comments.csv").rename(columns={"FFT answer": "text"})
    table = table[table["text"].notna() & table["Comment sentiment"].isin([1, 2, 4, 5])]
    return table.assign(half=half(table["Comment ID"]), bad=table["Comment sentiment"] > 3)


def reviews(file: Path) -> pd.DataFrame:
    table = pd.read_csv(file)
    titles = table["title"].fillna("").str.replace(SCRAPERS_MARKER, "") if "title" in table else ""
    table["text"] = (titles + "\n\n" + table["content"].fillna("")).str.strip()
    table = table[(table["rating"] != 3) & (table["text"] != "")]
    return table.assign(half=half(table["review_id"]), bad=table["rating"] < 3)


def mentions(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Each row's mentions, with the row's half and label."""
    rows = [
        {
            "record_id": f"{n:016x}",
            "source": "bench",
            "external_id": str(n),
            "created_at": datetime(2024, 1, 1, tzinfo=UTC),
            "language": language,
            "text": unicodedata.normalize("NFC", text),
            "content_hash": "",
            "boilerplate": [],
        }
        for n, text in enumerate(table["text"])
    ]
    cut = MentionSplitter(CleanSettings()).split(pa.Table.from_pylist(rows, schema=RECORD_SCHEMA))
    row = np.array([int(identifier, 16) for identifier in cut["record_id"].to_pylist()])
    facts = table[["half", "bad"]].iloc[row].reset_index(drop=True)
    return facts.assign(text=cut["text"].to_pylist(), row=row)


def report(name: str, table: pd.DataFrame, praise: np.ndarray) -> None:
    areas = [
        roc_auc_score(table["bad"][chosen], -praise[chosen])
        for chosen in (table["half"] == 0, table["half"] == 1, table["half"] >= 0)
    ]
    print(f"{name:52} {len(table):7,}   " + "  ".join(f"{area:.3f}" for area in areas), flush=True)


def normal(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text).casefold()).strip()


def assert_no_overlap(data: Path) -> None:
    """No prototype may be a text, title or sentence of an evaluation set, punctuation and case aside."""
    columns = {
        "nhs_comments.csv": ["FFT answer"],
        "teams_reviews.csv": ["title", "content"],
        "shinhan_reviews_ko.csv": ["content"],
        "banking77.csv": ["text"],
    }
    seen: set[str] = set()
    for file, names in columns.items():
        for text in pd.read_csv(data / file)[names].stack().dropna().astype(str):
            clean = text.replace(SCRAPERS_MARKER, "")
            seen.update(normal(part) for part in [clean, *re.split(r"(?<=[.!?。])\s+|\n+", clean)])
    shared = [text for text in prototypes()["text"].to_pylist() if normal(text) in seen]
    if shared:
        sys.exit("Prototypes that are sentences of an evaluation set:\n" + "\n".join(shared))
    print(f"none of {len(prototypes()):,} prototypes is a sentence of an evaluation set")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    if not (data / "nhs_comments.csv").is_file():
        sys.exit(f"{data} holds no evaluation data: pass its folder with --data.")
    assert_no_overlap(data)

    encode = load_encoder(EmbedSettings()).encode
    start = time.process_time()
    english = IntentClassifier(encode, languages=("en",)).fit()
    print(f"English: trained in {time.process_time() - start:.1f} s of CPU, encoding included; ", end="")
    print(f"held-out calibration error {calibration_error(english.held_out_, english.target_):.3f}")
    start = time.process_time()
    korean = TextIntentClassifier(("ko",)).fit()
    print(f"Korean: trained in {time.process_time() - start:.1f} s of CPU; ", end="")
    print(f"held-out calibration error {calibration_error(korean.held_out_, korean.target_):.3f}\n")

    print(f"{'':52} {'texts':>7}   {'A':>5}  {'B':>5}  {'all':>5}")
    comments = nhs(data)
    teams = mentions(reviews(data / "teams_reviews.csv"), "en")
    for name, table in (("NHS comments", comments), ("Teams, by mention", teams)):
        vectors = encode(table["text"].tolist())
        wide = _unit(vectors, len(vectors))
        alone = english.model_.predict_proba(wide)[:, PRAISE]
        report(f"{name}: logistic regression alone", table, alone)
        voted = np.concatenate(
            [
                _vote(part, english.vectors_, english.target_)[:, PRAISE]
                for part in np.array_split(wide, 1 + len(wide) // 8_192)
            ]
        )
        report(f"{name}: vote of the nearest prototypes alone", table, voted)
        report(f"{name}: as shipped", table, english.predict_proba(vectors)[:, PRAISE])

    shinhan = reviews(data / "shinhan_reviews_ko.csv")
    report("Shinhan reviews: as shipped", shinhan, korean.predict_proba(shinhan["text"].tolist())[:, PRAISE])
    parts = mentions(shinhan, "ko")
    report("Shinhan, by mention: as shipped", parts, korean.predict_proba(parts["text"].tolist())[:, PRAISE])


if __name__ == "__main__":
    main()
