"""Discovery in the lexical space, on Korean paraphrases that this script makes.

Prints, for each recipe of the vectors, how well topics found without being told anything agree with
the groups that the texts were made from (whitespace words for comparison), and how fast the whole
lexical encoding is beside Kiwi alone on all cores. Run
``python -m benchmarks.lexical_space [--seed N] [--quick]``.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi

from issuemine.clean.tokens import NON_CONTENT, Analyser
from issuemine.config import CleanSettings
from issuemine.discover import NeighbourCommunities, score
from issuemine.embed.lexical import LexicalEncoder

WORDS = Path(__file__).with_suffix(".toml")
OPENERS = ("", "", "", "", "안녕하세요 ", "저기요 ", "혹시 ", "급한데요 ", "문의드립니다. ", "제 ", "지금 ")
CLOSERS = ("", "", "", "", "ㅠㅠ", "?", "??", " 답변 부탁드려요", " 빨리요", "!!", " 감사합니다", " ㅋㅋ")
_PARTICLES = {"가": "이가", "를": "을를", "는": "은는", "에": "에에"}
_VOWELS = str.maketrans({"돼": "되", "되": "돼", "왜": "외", "에": "애", "내": "네", "의": "에", "데": "대"})


def paraphrases(groups: int = 1_000, size: int = 10, seed: int = 0) -> tuple[list[str], list[int]]:
    """Make short Korean questions: objects times actions, said in several ways, with slips."""
    draw = random.Random(seed)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    objects = [entry.strip().split("|") for entry in words["objects"].replace("\n", "").split(";")]
    actions = [line.split("|") for line in words["actions"].strip().splitlines()]
    contexts = [entry.strip().split("|") for entry in words["contexts"].replace("\n", "").split(";")]
    triples = draw.sample(list(itertools.product(objects, actions, contexts)), groups)
    texts, labels = [], []
    for group, (nouns, frames, places) in enumerate(triples):
        own_frames = draw.sample(frames, 2)
        for _ in range(size):
            said = f"{_usual(places, draw)} {_inflect(draw.choice(own_frames), _usual(nouns, draw))}"
            texts.append(_slip(draw.choice(OPENERS) + said + draw.choice(CLOSERS), draw))
            labels.append(group)
    return texts, labels


def _usual(words: list[str], draw: random.Random) -> str:
    """Take the first word most of the time."""
    return words[0] if draw.random() < 0.85 else draw.choice(words[1:])


def _inflect(frame: str, noun: str) -> str:
    closed = (ord(noun[-1]) - 0xAC00) % 28 > 0

    def fill(match: re.Match[str]) -> str:
        forms = _PARTICLES.get(match.group(1) or "", "")
        return noun + (forms[0 if closed else 1] if forms else "")

    return re.sub(r"{o(?::(.))?}", fill, frame)


def _slip(text: str, draw: random.Random) -> str:
    """Drop a space, write a wrong vowel or lose a syllable's final consonant, now and then."""
    if draw.random() < 0.25 and " " in text:
        at = draw.choice([i for i, letter in enumerate(text) if letter == " "])
        text = text[:at] + text[at + 1 :]
    if draw.random() < 0.15:
        text = text.translate(_VOWELS)
    if draw.random() < 0.08:
        at = draw.choice([i for i, letter in enumerate(text) if "가" <= letter <= "힣"])
        code = ord(text[at]) - 0xAC00
        text = text[:at] + chr(0xAC00 + code - code % 28) + text[at + 1 :]
    return text


def quality(groups: int, size: int, seed: int, quick: bool) -> None:
    texts, labels = paraphrases(groups, size, seed)
    with Analyser(CleanSettings()) as analyser:
        analyses = analyser.analyse(texts, "ko")
    lemmas = [[t.lemma for t in found.tokens if t.pos not in NON_CONTENT] for found in analyses]
    recipes = {
        "as it comes": (lemmas, {}, 15),
        "k = 10": (lemmas, {}, 10),
        "k = 20": (lemmas, {}, 20),
        "words alone": (lemmas, {"char_weight": 0.0}, 15),
        "n-grams at 0.6": (lemmas, {"char_weight": 0.6}, 15),
        "n-grams at 1.5": (lemmas, {"char_weight": 1.5}, 15),
        "no emphasis": (lemmas, {"emphasis": 0.0}, 15),
        "emphasis 0.5": (lemmas, {"emphasis": 0.5}, 15),
        "256 dimensions": (lemmas, {"dim": 256}, 15),
        "whitespace words": ([text.split() for text in texts], {"char_weight": 0.0}, 15),
    }
    for name, (bags, parameters, k) in recipes.items():
        if quick and name != "as it comes":
            continue
        start = time.perf_counter()
        vectors = LexicalEncoder(**parameters).fit(bags).transform(bags)
        fitted = time.perf_counter()
        found = NeighbourCommunities(k=k).fit(vectors)
        got = score(np.array(labels), found.labels_)
        print(
            f"{groups:5} x {size:<4} {name:18} topics {got['n_topics']:5.0f}  unassigned "
            f"{got['unassigned_share']:.3f}  NMI {got['nmi']:.3f}  ARI {got['ari']:.3f}  resolution "
            f"{found.resolution_:6.1f}  fit {fitted - start:5.1f} s, discover "
            f"{time.perf_counter() - fitted:5.1f} s",
            flush=True,
        )


_kiwi: list[Kiwi] = []


def _kiwi_alone(texts: list[str]) -> int:
    if not _kiwi:
        _kiwi.append(Kiwi(num_workers=1))
        _kiwi[0].tokenize("시작")
    return sum(len(_kiwi[0].tokenize(text)) for text in texts)


def speed(seed: int, rounds: int = 2) -> None:
    """Time Kiwi alone in one process a core against analysis, fitting and encoding, taking turns."""
    cores = len(os.sched_getaffinity(0))
    texts = paraphrases(1_000, 20, seed)[0]
    chunks = [texts[at : at + 200] for at in range(0, len(texts), 200)]
    kiwi, analysis, whole, fitted = [], [], [], []
    with (
        ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool,
        Analyser(CleanSettings()) as analyser,
    ):
        list(pool.map(_kiwi_alone, [["시작"]] * cores * 8))
        analyser.analyse(texts, "ko")
        for _ in range(rounds):
            start = time.perf_counter()
            list(pool.map(_kiwi_alone, chunks))
            kiwi.append(time.perf_counter() - start)
            start = time.perf_counter()
            found = analyser.analyse(texts, "ko")
            analysis.append(time.perf_counter() - start)
            bags = [[t.lemma for t in one.tokens if t.pos not in NON_CONTENT] for one in found]
            begun = time.perf_counter()
            encoder = LexicalEncoder().fit(bags)
            fitted.append(time.perf_counter() - begun)
            encoder.transform(bags)
            whole.append(time.perf_counter() - start)
    alone = min(kiwi)
    print(
        f"{len(texts)} texts, {cores} cores: Kiwi alone {len(texts) / alone:.0f}/s; ratio of analysis "
        f"{alone / min(analysis):.2f}, with encoding "
        f"{alone / min(total - fit for total, fit in zip(whole, fitted, strict=True)):.2f}, with fitting too "
        f"{alone / min(whole):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="the default recipe alone")
    arguments = parser.parse_args()
    for groups, size in ((1_000, 10), (200, 50), (70, 150)):
        quality(groups, size, arguments.seed, arguments.quick)
    speed(arguments.seed)


if __name__ == "__main__":
    main()
