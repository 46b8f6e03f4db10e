"""Nearest vectors, against all cosines computed one by one."""

from pathlib import Path

import numpy as np
import pytest

from issuemine.errors import SearchError
from issuemine.search import vectors as module
from issuemine.search.vectors import Part, SpaceVectors, append, is_sound, rows_file


def drawn(n: int, dim: int, seed: int = 0) -> np.ndarray:
    """Unit vectors around a few centres, as texts about a few things have."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(20, dim))
    found = centres[rng.integers(0, 20, n)] + rng.normal(size=(n, dim))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def exact(vectors: np.ndarray, query: np.ndarray, count: int) -> set[int]:
    return set(np.argsort(-(vectors @ query))[:count].tolist())


def recall(opened: SpaceVectors, vectors: np.ndarray, queries: np.ndarray) -> float:
    shares = [
        len(exact(vectors, query, 20) & set(opened.nearest(query, 20)[0].tolist())) / 20 for query in queries
    ]
    return float(np.mean(shares))


@pytest.mark.parametrize("n", [300, 40_000])
def test_the_nearest_are_those_of_the_highest_cosines(tmp_path: Path, n: int) -> None:
    vectors = drawn(n, 96)
    append(tmp_path / "space", 0, vectors)
    opened = SpaceVectors(tmp_path / "space", 96, n)
    queries = vectors[:: n // 20]
    assert recall(opened, vectors, queries) >= 0.95
    rows, cosines = opened.nearest(queries[3], 20)
    assert np.allclose(cosines, vectors[rows] @ queries[3], atol=0.01)
    assert (np.diff(cosines) <= 0).all()


def test_only_rows_that_may_be_given_are_and_none_of_them_is_missed(tmp_path: Path) -> None:
    vectors = drawn(40_000, 96)
    append(tmp_path / "space", 0, vectors)
    opened = SpaceVectors(tmp_path / "space", 96, len(vectors))
    for among in (np.arange(5, 40_000, 2_000), np.arange(0, 40_000, 2)):
        rows, _ = opened.nearest(vectors[7], 20, among)
        assert len(rows) == 20
        best = among[np.argsort(-(vectors[among] @ vectors[7]))[:20]]
        assert len(set(rows.tolist()) & set(best.tolist())) >= 18
    assert len(opened.nearest(vectors[7], 20, np.empty(0, dtype=np.int64))[0]) == 0


def test_a_night_appends_and_what_a_killed_one_left_is_written_over(tmp_path: Path) -> None:
    stem, vectors = tmp_path / "space", drawn(300, 64)
    first = append(stem, 0, vectors[:100])
    append(stem, 100, drawn(50, 64, seed=9))
    second = append(stem, 100, vectors[100:])
    assert is_sound(stem, 64, [first, second])
    assert rows_file(stem).stat().st_size == 300 * 64
    assert recall(SpaceVectors(stem, 64, 300), vectors, vectors[:10]) >= 0.95
    assert set(SpaceVectors(stem, 64, 100).nearest(vectors[200], 100)[0].tolist()) == set(range(100))


def test_a_vector_of_nothing_is_like_no_other(tmp_path: Path) -> None:
    append(tmp_path / "space", 0, np.vstack([np.zeros((1, 64), dtype=np.float32), drawn(3, 64)]))
    rows, cosines = SpaceVectors(tmp_path / "space", 64, 4).nearest(drawn(1, 64)[0], 4)
    assert cosines[rows.tolist().index(0)] == 0


def test_damage_is_seen(tmp_path: Path) -> None:
    part = append(tmp_path / "space", 0, drawn(100, 64))
    file = rows_file(tmp_path / "space")
    content = bytearray(file.read_bytes())
    content[77] ^= 1
    file.write_bytes(content)
    assert not is_sound(tmp_path / "space", 64, [part])
    file.write_bytes(content[:50])
    assert not is_sound(tmp_path / "space", 64, [part])
    with pytest.raises(SearchError):
        SpaceVectors(tmp_path / "space", 64, 100)
    with pytest.raises(SearchError):
        append(tmp_path / "space", 100, drawn(1, 64))
    file.unlink()
    assert not is_sound(tmp_path / "space", 64, [Part(0, 100, part.blake2b)])


def test_eight_bits_tell_the_cosine_to_a_hundredth() -> None:
    vectors = drawn(500, 384)
    rounded = module.quantised(vectors).astype(np.float64)
    cosines = np.einsum("ij,ij->i", rounded, vectors) / np.linalg.norm(rounded, axis=1)
    assert cosines.min() > 0.999
