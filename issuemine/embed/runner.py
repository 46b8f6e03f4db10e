"""Running packed batches over the cores: one thread a batch, because small products gain little from two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import torch

from issuemine.embed.bert import BertParts
from issuemine.embed.encoder import Vectors
from issuemine.embed.forward import PackedBert
from issuemine.embed.packing import Indices, TokenTable, pack, plan, tokenize


@dataclass(frozen=True, slots=True)
class PackedRunner:
    """Encodes texts by packed batches.

    Each batch is computed by one thread, so that the vectors do not depend on the number of cores.

    Attributes
    ----------
    parts : BertParts
        The model; its tokenizer is used.
    forward : PackedBert
        Its forward, in some precision.
    batch_tokens : int
        Most tokens of a batch.
    """

    parts: BertParts
    forward: PackedBert
    batch_tokens: int

    def __call__(self, texts: Sequence[str], done: Callable[[Indices], None] | None = None) -> Vectors:
        """Encode texts; ``done`` gets the positions of the texts just done."""
        table = tokenize(self.parts.tokenizer, texts)
        vectors = np.empty((len(texts), self.forward.dim), dtype=np.float32)
        cores = torch.get_num_threads()
        threads = cores if self.forward.device == "cpu" else 1
        if threads == 1:
            for batch in plan(table.lengths, self.batch_tokens):
                vectors[batch] = self._encode(table, batch)[1]
                if done is not None:
                    done(batch)
            return vectors
        pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))
        try:
            tasks = [
                pool.submit(self._encode, table, batch) for batch in plan(table.lengths, self.batch_tokens)
            ]
            for task in as_completed(tasks):
                batch, rows = task.result()
                vectors[batch] = rows
                if done is not None:
                    done(batch)
        finally:
            pool.shutdown(cancel_futures=True)
            # The initializer also changed the number that threads made later start with.
            torch.set_num_threads(cores)
        return vectors

    def _encode(self, table: TokenTable, batch: Indices) -> tuple[Indices, Vectors]:
        return batch, self.forward(pack(table, batch)).numpy()


def packed_runner(parts: BertParts, precision: str, device: str, batch_tokens: int) -> PackedRunner:
    """A runner in the given precision: float32 or bfloat16."""
    return PackedRunner(parts, PackedBert(parts, getattr(torch, precision), device), batch_tokens)
