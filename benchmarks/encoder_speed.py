"""Texts per second of the encoder against sentence-transformers as it comes, in one run.

``python -m benchmarks.encoder_speed [--data DIR] [--texts N] [--rounds N]``

Both take turns, so that other work on the machine disturbs both alike; the table shows each one's median
ratio over the rounds. CPU seconds are shown too: on a shared machine they say more than the clock.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from issuemine.config import EmbedSettings
from issuemine.embed import load_encoder
from issuemine.embed.bundled import bundled_folder

Encode = Callable[[Sequence[str]], np.ndarray]


def main() -> None:
    parser = argparse.ArgumentParser(description="Texts per second of the encoder.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of banking77.csv")
    parser.add_argument("--texts", type=int, default=2_000, help="texts drawn at random")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    file = options.data / "banking77.csv"
    if not file.is_file():
        raise SystemExit(f"There is no {file}: this benchmark needs it; give its folder with --data.")
    texts = draw(file, options.texts)
    reference = plain()
    encoders = {
        ("sentence-transformers, batch 32", "float32"): reference,
        ("sentence-transformers, batch 128", "float32"): plain(batch_size=128),
    }
    chosen = load_encoder(EmbedSettings()).precision
    for precision in ("float32", "bfloat16"):
        encoder = load_encoder(EmbedSettings(precision=precision))
        mark = " (chosen)" if precision == chosen else ""
        encoders[f"issuemine{mark}", precision] = encoder.encode
    show(texts, encoders, options.rounds)


def plain(batch_size: int = 32) -> Encode:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_folder()), device="cpu")
    return lambda texts: model.encode(list(texts), batch_size=batch_size, show_progress_bar=False)


def draw(file: Path, count: int) -> list[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        texts = [row["text"] for row in csv.DictReader(stream)]
    order = np.random.default_rng(0).permutation(len(texts))[:count]
    return [texts[place] for place in order]


def show(texts: list[str], encoders: dict[tuple[str, str], Encode], rounds: int) -> None:
    wall: dict[tuple[str, str], list[float]] = {key: [] for key in encoders}
    cpu: dict[tuple[str, str], list[float]] = {key: [] for key in encoders}
    vectors: dict[tuple[str, str], np.ndarray] = {}
    for encode in encoders.values():
        encode(texts[:64])
    for _ in range(rounds):
        for key, encode in encoders.items():
            clock, used = time.perf_counter(), time.process_time()
            vectors[key] = encode(texts)
            wall[key].append(time.perf_counter() - clock)
            cpu[key].append(time.process_time() - used)
    first = next(iter(encoders))
    table = Table(title=f"{len(texts)} texts, median of {rounds} rounds")
    for column in ("encoder", "precision", "texts/s", "ratio", "CPU ms/text", "CPU ratio", "mean cosine"):
        table.add_column(column)
    for key in encoders:
        cosine = float(np.einsum("ij,ij->i", vectors[key], vectors[first]).mean())
        table.add_row(
            *key,
            f"{len(texts) / statistics.median(wall[key]):.0f}",
            f"{ratio(wall[first], wall[key]):.2f}",
            f"{1e3 * statistics.median(cpu[key]) / len(texts):.2f}",
            f"{ratio(cpu[first], cpu[key]):.2f}",
            f"{cosine:.5f}",
        )
    Console(width=120).print(table)


def ratio(reference: list[float], other: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(reference, other, strict=True))


if __name__ == "__main__":
    main()
