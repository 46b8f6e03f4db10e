"""New phrases and entities: what is found of those planted in real texts, and what is found in none.

Texts are the one- and two-star reviews of ``../shared/data`` in Korean (Shinhan) and English (Teams), as a
topic; the other reviews are other topics. A random part of the topic is called recent, another part past, so
that nothing is new; then a phrase is put into a share of the recent ones. A phrase counts as moderate or
better by the rule for candidates, its odds ratio taken for the risk ratio. Entities are put into texts that
name none. Run
``python -m benchmarks.causes_phrases [--data ../shared/data] [--rounds 100] [--seed 0]``.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from issuemine.causes.candidates import strength
from issuemine.causes.entities import entities
from issuemine.causes.phrases import Phrase, Saying, new_phrases
from issuemine.clean.tokens import Analyser
from issuemine.config import CleanSettings

FILES = {"ko": "shinhan_reviews_ko.csv", "en": "teams_reviews.csv"}
PLANTED = {
    "ko": ("T011 오류", "업데이트 이후", "지문 인증", "어제부터"),
    "en": ("after the update", "error T011", "since yesterday", "two factor login"),
}
NAMED = {
    "ko": {
        "error_code": ("T011 오류가 떠요", "오류코드 E-1023 나와요", "에러 503"),
        "version": ("버전 5.2.1 설치 후", "v3.10 에서만"),
        "device": ("갤럭시 S21 에서", "아이폰 12 pro 사용중"),
        "amount": ("12,900원이 결제됨", "3000원 빠져나감"),
    },
    "en": {
        "error_code": ("It shows error T011.", "Error code 503 again.", "I get CAA20003."),
        "version": ("Since version 5.2.1 it does.", "On v3.10 only."),
        "device": ("On my Galaxy S21.", "Using an iPhone 12 Pro."),
        "amount": ("It took $12.90 from me.", "I paid 30 USD."),
    },
}
VALUES = {
    "T011": "T011",
    "1023": "E-1023",
    "503": "503",
    "CAA": "CAA20003",
    "5.2.1": "5.2.1",
    "3.10": "3.10",
    "12,900": "12,900원",
    "3000": "3000원",
    "12.90": "$12.90",
    "30 USD": "30 USD",
    "S21": "S21",
    " 12 ": "12",
}
SIZES = (100, 300)
SHARES = (0.02, 0.05, 0.1, 0.2)


def read(folder: Path, language: str) -> tuple[list[str], list[str]]:
    """Low-rated texts, and the others; each once."""
    low, rest = {}, {}
    with (folder / FILES[language]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(row["content"].split())[:400]
            if len(text) >= 8:
                (low if float(row["rating"] or 0) <= 2 else rest)[text] = None
    return list(low), list(rest)


def said(analyser: Analyser, texts: Sequence[str], language: str) -> list[Saying]:
    """Texts with their words."""
    found = analyser.analyse(texts, language)
    return [
        Saying(f"m{number}", text, tuple((each.lemma, each.pos, each.start, each.end) for each in one.tokens))
        for number, (text, one) in enumerate(zip(texts, found, strict=True))
    ]


def firm(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases of strength moderate or better."""
    return [each for each in phrases if strength(float(np.exp(each.low)), each.q_value) != "weak"]


def phrases(analyser: Analyser, folder: Path, language: str, rounds: int, seed: int) -> None:
    """Null rate and recall of one language."""
    texts, rest = read(folder, language)
    topic, others = said(analyser, texts, language), said(analyser, rest[:500], language)
    generator = np.random.default_rng(seed)
    for size in SIZES:
        wrong = listed = 0
        hits = {share: [0, 0, 0] for share in SHARES}
        for number in range(rounds):
            order = generator.permutation(len(topic))
            recent = [topic[place] for place in order[:size]]
            past = [topic[place] for place in order[size : size + 300]]
            named = new_phrases(recent, past, others)
            listed += bool(named)
            wrong += bool(firm(named))
            phrase = PLANTED[language][number % len(PLANTED[language])]
            for share, counts in hits.items():
                places = generator.choice(size, max(round(share * size), 1), replace=False)
                more = said(
                    analyser, [put(recent[place].text, phrase, generator) for place in places], language
                )
                mixed = list(recent)
                for place, saying in zip(places, more, strict=True):
                    mixed[place] = saying
                told = new_phrases(mixed, past, others)
                counts[0] += any(alike(each.phrase, phrase) for each in told)
                counts[1] += any(alike(each.phrase, phrase) for each in firm(told))
                counts[2] += 1
        print(
            f"{language}, {size} recent mentions, nothing planted: a phrase in {listed}/{rounds}, "
            f"moderate or better in {wrong}/{rounds}"
        )
        for share, (found, sure, of) in hits.items():
            print(f"  planted in {share:.0%}: found {found}/{of}, moderate or better {sure}/{of}", flush=True)


def put(text: str, phrase: str, generator: np.random.Generator) -> str:
    """A text with a phrase before or after it."""
    return f"{phrase} {text}" if generator.random() < 0.5 else f"{text} {phrase}"


def alike(told: str, phrase: str) -> bool:
    """Whether a phrase that was told is the planted one, part of it, or holds it."""
    one, other = told.lower(), phrase.lower()
    return one in other or other in one


def named(folder: Path, language: str, rounds: int, seed: int) -> None:
    """Recall of entities by kind, among texts that name none; and how many texts name one as they are."""
    texts, rest = read(folder, language)
    own = list(entities([*texts, *rest], {}))
    plain = [text for text, found in zip([*texts, *rest], own, strict=True) if not found]
    print(f"{language}: {len(own) - len(plain)} of {len(own)} texts name something as they are")
    generator = np.random.default_rng(seed)
    for kind, sayings in NAMED[language].items():
        right = 0
        chosen = generator.choice(len(plain), rounds, replace=False)
        for number, found in enumerate(
            entities(
                (put(plain[place], sayings[n % len(sayings)], generator) for n, place in enumerate(chosen)),
                {},
            )
        ):
            saying = sayings[number % len(sayings)]
            value = next(value for sign, value in VALUES.items() if sign in saying)
            right += value.lower() in found.get(kind, "").lower()
        print(f"  {kind}: {right}/{rounds}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if not all((arguments.data / name).is_file() for name in FILES.values()):
        sys.exit(
            f"{arguments.data} lacks {' or '.join(FILES.values())}; see the text at the head of this script"
        )
    with Analyser(CleanSettings()) as analyser:
        for language in FILES:
            named(arguments.data, language, arguments.rounds, arguments.seed)
            phrases(analyser, arguments.data, language, arguments.rounds, arguments.seed)


if __name__ == "__main__":
    main()
