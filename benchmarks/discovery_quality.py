"""Quality of discovery beside BERTopic's default and k-means that is told the number of topics.

Run ``python -m benchmarks.discovery_quality [--data ../shared/data] [--peers all|first|none]``. Unassigned
texts count as one class. Peers are slow; by default they run on the first set alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.discovery_data import DATA, banking77, labelled_sets, nhs_single_flag
from issuemine.discover import NeighbourCommunities, score

HEADER = (
    f"{'set':24} {'method':20} {'texts':>6} {'true':>5} {'topics':>6} {'unassigned':>10} "
    "NMI   ARI   AMI   resolution seconds"
)


def bertopic_default(vectors: np.ndarray) -> np.ndarray:
    from hdbscan import HDBSCAN
    from umap import UMAP

    low = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False)
    reduced = low.fit_transform(vectors)
    return HDBSCAN(min_cluster_size=10, prediction_data=True).fit_predict(reduced)


def row(name: str, method: str, truth: np.ndarray, fit: Callable[[], tuple[np.ndarray, float]]) -> None:
    start = time.perf_counter()
    labels, resolution = fit()
    seconds = time.perf_counter() - start
    got = score(truth, labels)
    print(
        f"{name:24} {method:20} {len(truth):6} {len(np.unique(truth)):5} {got['n_topics']:6.0f} "
        f"{got['unassigned_share']:10.3f} {got['nmi']:.3f} {got['ari']:.3f} {got['ami']:.3f} "
        f"{resolution:10.1f} {seconds:7.1f}",
        flush=True,
    )


def ours(vectors: np.ndarray) -> tuple[np.ndarray, float]:
    model = NeighbourCommunities().fit(vectors)
    return model.labels_, model.resolution_


def out_of_scope(data: Path) -> None:
    """Tell texts of another field, and texts of intents that two people ask for, from all others."""
    from sklearn.metrics import roc_auc_score

    vectors, labels = banking77(data)
    rng = np.random.default_rng(7)
    order = rng.permutation(77)
    inside = np.isin(labels, order[:40])
    rare = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[:2] for c in order[40:]])
    cases = [("intents of two texts", vectors[inside], vectors[rare])]
    nhs = nhs_single_flag(data)
    for share in (0.02, 0.1) if nhs is not None else ():
        count = min(int(share * len(vectors)), len(nhs[0]))
        cases.append((f"{count} NHS comments", vectors, nhs[0][rng.permutation(len(nhs[0]))[:count]]))
    print("\nBelonging to no topic: cohesion, Banking77 with others mixed in")
    for name, members, strangers in cases:
        model = NeighbourCommunities().fit(np.vstack([members, strangers]))
        strange = np.arange(len(model.labels_)) >= len(members)
        left = model.labels_ < 0
        print(
            f"{name:24} AUROC {roc_auc_score(strange, -model.cohesion_):.3f}, left out of the strangers "
            f"{left[strange].mean():.3f}, of the members {left[~strange].mean():.3f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--peers", choices=("all", "first", "none"), default="first")
    options = parser.parse_args()
    print(HEADER)
    for at, (name, vectors, truth) in enumerate(labelled_sets(options.data)):
        row(name, "neighbour graph", truth, lambda v=vectors: ours(v))
        if options.peers == "all" or (options.peers == "first" and at == 0):
            from sklearn.cluster import KMeans

            true_k = len(np.unique(truth))
            row(name, "UMAP + HDBSCAN", truth, lambda v=vectors: (bertopic_default(v), 0.0))
            k_means = KMeans(true_k, n_init=1, random_state=0)
            row(name, "k-means told k", truth, lambda v=vectors, m=k_means: (m.fit_predict(v), 0.0))
    out_of_scope(options.data)


if __name__ == "__main__":
    main()
