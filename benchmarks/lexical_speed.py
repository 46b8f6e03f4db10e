"""How fast the whole lexical encoding is beside Kiwi alone on all cores.

Peer and own way take turns over the same texts: Kiwi alone in one process a core, fed in chunks; then the
analysis, the fitting of the encoder and the encoding of every text. The machine may be busy with other
things, so the figure that counts is the median of the ratios of neighbouring rounds. Run
``python -m benchmarks.lexical_speed [--file CSV --text COLUMN] [--texts N] [--rounds N]``.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from kiwipiepy import Kiwi

from benchmarks.lexical_space import paraphrases
from issuemine.clean.tokens import NON_CONTENT, Analyser
from issuemine.clean.tokens_korean_words import LESSER
from issuemine.config import CleanSettings
from issuemine.embed.lexical import LexicalEncoder

_CHUNK = 100
_kiwi: list[Kiwi] = []


def kiwi_alone(texts: list[str]) -> int:
    """Analyse texts in a worker process; its own copy of Kiwi is loaded at the first call."""
    if not _kiwi:
        _kiwi.append(Kiwi(num_workers=1))
        _kiwi[0].tokenize("시작")
    return sum(len(_kiwi[0].tokenize(text)) for text in texts)


def compare(texts: list[str], rounds: int) -> float:
    """Print both throughputs round by round and return the median ratio, own over peer."""
    cores = len(os.sched_getaffinity(0))
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    ratios = []
    with (
        ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool,
        Analyser(CleanSettings()) as analyser,
    ):
        list(pool.map(kiwi_alone, [["시작"] * 50] * cores * 8))
        for _ in range(3):  # enough for the workers to start, as in a run over many texts
            analyser.analyse(texts, "ko")
        for number in range(rounds):
            start = time.perf_counter()
            list(pool.map(kiwi_alone, chunks))
            peer = time.perf_counter() - start
            start = time.perf_counter()
            analyses = analyser.analyse(texts, "ko")
            analysed = time.perf_counter()
            bags = [[token.lemma for token in one.tokens if token.pos not in NON_CONTENT] for one in analyses]
            encoder = LexicalEncoder().fit(bags, lesser=LESSER)
            fitted = time.perf_counter()
            encoder.transform(bags)
            done = time.perf_counter()
            ratios.append(peer / (done - start))
            print(
                f"round {number + 1}: Kiwi alone {len(texts) / peer:7.0f}/s, lexical encoding "
                f"{len(texts) / (done - start):7.0f}/s (analysis {analysed - start:.2f} s, fit "
                f"{fitted - analysed:.2f} s, vectors {done - fitted:.2f} s), ratio {ratios[-1]:.2f}",
                flush=True,
            )
    return statistics.median(ratios)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, help="CSV with texts; default: paraphrases made here")
    parser.add_argument("--text", default="content", help="its column")
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.file is None:
        texts = paraphrases(arguments.texts // 10, 10, 0)[0]
    else:
        with arguments.file.open(encoding="utf-8", newline="") as file:
            texts = [row[arguments.text] for row in csv.DictReader(line.replace("\0", "") for line in file)]
    texts = texts[: arguments.texts]
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters, {len(os.sched_getaffinity(0))} cores")
    print(f"median ratio {compare(texts, arguments.rounds):.2f}")


if __name__ == "__main__":
    main()
