"""Labels, keywords and quotes of Korean topics, held against rules that need no knowledge of the naming.

Mines a file of Korean feedback as a run does and prints the largest topics; then every keyword of any topic,
shown or not, and every word of a label that breaks a rule: a particle or an ending at its end, jamo, one
syllable alone, or letters of the same word cut off before or behind it. Kiwi, with nothing but its own
dictionary, is the judge. Last, quotes that neither begin nor end where a sentence or a mention does. Run
``python -m benchmarks.korean_labels [--file ../shared/data/shinhan_reviews_ko.csv] [--top 15]``.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path

from kiwipiepy import Kiwi

from benchmarks.discovery_data import DATA
from issuemine.config import Settings
from issuemine.store.snapshot import Snapshot
from pipelines.nightly import nightly
from pipelines.progress import Silent

_SYLLABLE = re.compile(r"[가-힣]")
_JAMO = re.compile(r"[\u1100-\u11ff\u3131-\u318e]")
_NOMINAL = ("ᆷ", "음", "기")
_ENDINGS = {"EC", "EF", "ETM", "ETN", "EP"}
_CLOSING = ".!?…~\n;,)^-ㅠㅜㅋㅎㅡ"
_GLUED = 0.5
"""A word is cut off if letters of its own stand right beside it in more than this share of its places."""


def broken(word: str, kiwi: Kiwi, *, last: bool = True) -> str:
    """Name the rule that a word breaks, or none; only the last word of a phrase may end a clause."""
    syllables = len(_SYLLABLE.findall(word))
    if _JAMO.search(word):
        return "jamo"
    if not syllables:
        return ""
    tokens = kiwi.tokenize(word)
    head, tail = tokens[0].tag, tokens[-1]
    if head[0] in "JE":
        return f"begins with {head}"
    if tail.tag[0] == "J" and tail.len < len(word):
        return f"particle {tail.form}"
    if tail.tag in _ENDINGS:
        dictionary = word.endswith("다") or tail.form in _NOMINAL
        modifies = not last and (tail.tag == "ETM" or tail.form == "지")
        return "" if dictionary or modifies else f"ending {tail.form}"
    if tail.tag[:2] in {"VV", "VA", "VX", "XS"} and tail.tag != "XSN":
        return f"stem {tail.form}"
    return ""


def cut_off(word: str, texts: list[str], kiwi: Kiwi) -> str:
    """Say which letters usually stand glued to a noun, as a part of the same word."""
    before: Counter[str] = Counter()
    places = 0
    for text in texts:
        for match in re.finditer(re.escape(word), text, re.IGNORECASE):
            places += 1
            near = text[max(0, match.start() - 1) : match.start()]
            if _SYLLABLE.match(near) and not _boundary(text, match.start(), kiwi):
                before[near] += 1
    if places and before.total() > _GLUED * places:
        return f"cut off after {before.most_common(1)[0][0]} ({before.total()} of {places})"
    return ""


def _boundary(text: str, at: int, kiwi: Kiwi) -> bool:
    """Whether a noun of its own, a particle or an ending stands before a place."""
    for token in kiwi.tokenize(text):
        if token.start + token.len == at:
            return token.len > 1 or token.tag[0] in "JES" or token.tag == "NNB"
    return False


def report(snapshot: Snapshot, top: int) -> int:
    """Print the largest topics and what breaks a rule; return how many words do."""
    kiwi = Kiwi(num_workers=1)
    topics = snapshot.database.table("read/every/topics").to_pylist()
    records = {
        row["record_id"]: row["text"] for row in snapshot.database.table("read/every/records").to_pylist()
    }
    members: dict[str, list[str]] = {}
    for row in snapshot.database.table("read/every/mentions").to_pylist():
        text = records[row["record_id"]][row["start"] : row["end"]]
        members.setdefault(row["topic_id"] or "", []).append(text)
    topics.sort(key=lambda row: (row["hidden"], -row["records"], row["topic_id"]))
    for row in topics[:top]:
        words = ", ".join(keyword["word"] for keyword in row["keywords"])
        print(f"{row['records']:4}  {row['label']}\n      {words}\n      “{row['quotes'][0]['text']}”")
    faults = 0
    for row in topics:
        texts = members.get(row["topic_id"], [])
        shown = [("keyword", keyword["word"]) for keyword in row["keywords"]]
        for kind, phrase in [*shown, ("label", row["label"])]:
            why = "one syllable" if kind == "keyword" and _SYLLABLE.fullmatch(phrase) else ""
            words = phrase.replace(",", "").split()
            for word in words:
                why = why or broken(word, kiwi, last=word == words[-1])
            if kind == "keyword" and len(words) == 1:
                why = why or cut_off(phrase, texts, kiwi)
            if why:
                faults += 1
                print(f"{kind:8} {phrase:16} of {row['label']}: {why}")
    keywords = sum(len(row["keywords"]) for row in topics)
    quotes = [quote for row in topics for quote in row["quotes"]]
    loose = [quote for quote in quotes if not _whole(quote, records[quote["record_id"]], kiwi)]
    for quote in loose[:20]:
        print(f"quote    “{quote['text']}” is cut inside a sentence")
    print(
        f"{len(topics)} topics, {keywords} keywords: {faults} words break a rule; "
        f"{len(loose)} of {len(quotes)} quotes are cut inside a sentence"
    )
    return faults


def _whole(quote: dict[str, object], text: str, kiwi: Kiwi) -> bool:
    """Whether a quote begins and ends where sentences do, by marks, line breaks or Kiwi's judgement."""
    start, end = int(str(quote["start"])), int(str(quote["end"]))
    if (start == 0 or text[start - 1] == "\n") and end == len(text):
        return True
    sentences = kiwi.split_into_sents(text)
    starts, ends = {s.start for s in sentences}, {s.end for s in sentences}
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    begins = start in starts or not before or before[-1] in _CLOSING
    closes = end in ends or not after or text[end - 1] in _CLOSING or after[0] == "\n"
    return begins and closes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=DATA / "shinhan_reviews_ko.csv")
    parser.add_argument("--top", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = nightly([str(arguments.file)], Settings(), Path(folder), as_of=None, reporter=Silent())
        report(run.snapshot, arguments.top)


if __name__ == "__main__":
    main()
