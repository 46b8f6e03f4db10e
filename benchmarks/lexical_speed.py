"""How fast the whole lexical encoding is beside Kiwi alone on all cores.

Peer and own way take turns over the same texts: Kiwi alone in one process a core, fed in chunks of equal
size; then the analysis, the fitting of the encoder and the encoding of every text. Kiwi alone is timed in two
ways: its tokens are received in Python and counted where they are made, which is the figure that counts, and
they are read and sent to the process that asked, as whoever uses them there must do. The machine may be busy
with other things, so the figure is the median of the ratios of neighbouring rounds. Run
``python -m benchmarks.lexical_speed [--file CSV --text COLUMN] [--texts N] [--rounds N] [--shuffle]``.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
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

_CHUNK_CHARS = 2_000
_kiwi: list[Kiwi] = []


def _loaded() -> Kiwi:
    """The worker process's own copy of Kiwi, loaded at the first call."""
    if not _kiwi:
        _kiwi.append(Kiwi(num_workers=1))
        _kiwi[0].tokenize("시작")
    return _kiwi[0]


def kiwi_alone(texts: list[str]) -> int:
    """Analyse texts in a worker process and count their tokens."""
    kiwi = _loaded()
    return sum(len(kiwi.tokenize(text)) for text in texts)


def kiwi_read(texts: list[str]) -> list[list[tuple[str, str, int, int]]]:
    """Analyse texts in a worker process and send back what their tokens say."""
    kiwi = _loaded()
    return [[(t.form, t.tag, t.start, t.len) for t in kiwi.tokenize(text)] for text in texts]


def chunked(texts: list[str]) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    size = 0
    for text in texts:
        if size >= _CHUNK_CHARS:
            chunks.append([])
            size = 0
        chunks[-1].append(text)
        size += len(text)
    return chunks


def compare(texts: list[str], rounds: int) -> tuple[float, float]:
    """Print times round by round and return the median ratios, own over each of the peers."""
    cores = len(os.sched_getaffinity(0))
    chunks = chunked(texts)
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
            alone = time.perf_counter() - start
            start = time.perf_counter()
            analyses = analyser.analyse(texts, "ko")
            analysed = time.perf_counter()
            bags = [[token.lemma for token in one.tokens if token.pos not in NON_CONTENT] for one in analyses]
            encoder = LexicalEncoder().fit(bags, lesser=LESSER)
            fitted = time.perf_counter()
            encoder.transform(bags)
            done = time.perf_counter()
            list(pool.map(kiwi_read, chunks))
            read = time.perf_counter() - done
            own = done - start
            ratios.append((alone / own, read / own))
            print(
                f"round {number + 1}: Kiwi alone {alone:.2f} s, with its tokens read and sent {read:.2f} s; "
                f"lexical encoding {own:.2f} s (analysis {analysed - start:.2f} s, fit "
                f"{fitted - analysed:.2f} s, vectors {done - fitted:.2f} s); ratio {ratios[-1][0]:.2f} "
                f"({ratios[-1][1]:.2f}), load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    counted, sent = zip(*ratios, strict=True)
    return statistics.median(counted), statistics.median(sent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, help="CSV with texts; default: paraphrases made here")
    parser.add_argument("--text", default="content", help="its column")
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shuffle", action="store_true", help="in no order, as texts arrive")
    arguments = parser.parse_args()
    if arguments.file is None:
        texts = paraphrases(arguments.texts // 10, 10, 0)[0]
    else:
        with arguments.file.open(encoding="utf-8", newline="") as file:
            texts = [row[arguments.text] for row in csv.DictReader(line.replace("\0", "") for line in file)]
    texts = texts[: arguments.texts]
    if arguments.shuffle:
        random.Random(0).shuffle(texts)
    print(f"{len(texts)} texts, {sum(map(len, texts))} characters, {len(os.sched_getaffinity(0))} cores")
    counted, sent = compare(texts, arguments.rounds)
    print(f"median ratio {counted:.2f} ({sent:.2f} where Kiwi's tokens are read and sent)")


if __name__ == "__main__":
    main()
