"""The encoder against sentence-transformers itself, on the bundled model."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from issuemine.config import EmbedSettings
from issuemine.embed import Encoder, TransformerEncoder, load_encoder
from issuemine.embed.bundled import bundled_folder

TEXTS = [
    "My card payment was declined at the shop this morning.",
    "",
    "   \n",
    "ok",
    "😀😀 great app!!! 👍🏽",
    "결제가 계속 실패합니다. 환불해 주세요",
    "naïve café — ¿por qué no funciona?",
    "refund " * 400,
    "Call <PHONE> or write to <EMAIL>, error 0x80070057",
    "a" * 500,
    "ok",
    "The app crashes every time I open it after the last update, and support never answers.\nAwful.",
]


@pytest.fixture(scope="module")
def oracle() -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_folder()), device="cpu")
    return model.encode(TEXTS, batch_size=32, normalize_embeddings=True, show_progress_bar=False)


def test_it_is_an_encoder(encoder: TransformerEncoder) -> None:
    assert isinstance(encoder, Encoder)
    assert (encoder.name, encoder.dim) == ("all-MiniLM-L6-v2", 384)


def test_vectors_are_those_of_sentence_transformers(encoder: TransformerEncoder, oracle: np.ndarray) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, oracle, atol=2e-6)


def test_vectors_have_unit_length(encoder: TransformerEncoder) -> None:
    np.testing.assert_allclose(np.linalg.norm(encoder.encode(TEXTS), axis=1), 1, atol=1e-6)


def test_no_texts_give_no_vectors(encoder: TransformerEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_order_and_copies_change_not_a_bit(encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(TEXTS), 100)
    rows[: len(TEXTS)] = rng.permutation(len(TEXTS))
    np.testing.assert_array_equal(encoder.encode([TEXTS[row] for row in rows]), vectors[rows])


def test_batch_size_and_neighbours_hardly_change_a_vector(encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    small = load_encoder(EmbedSettings(precision="float32", batch_tokens=64))
    np.testing.assert_allclose(small.encode(TEXTS), vectors, atol=1e-6)
    np.testing.assert_allclose(encoder.encode(TEXTS[:1]), vectors[:1], atol=1e-6)


def test_the_number_of_threads_changes_not_a_bit(encoder: TransformerEncoder) -> None:
    cores = torch.get_num_threads()
    many = [f"text number {number} about a {'late ' * (number % 7)}parcel" for number in range(300)]
    try:
        torch.set_num_threads(1)
        alone = encoder.encode(many)
        torch.set_num_threads(3)
        np.testing.assert_array_equal(encoder.encode(many), alone)
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(cores)


def test_progress_counts_every_text_once(encoder: TransformerEncoder) -> None:
    steps: list[int] = []
    encoder.encode(TEXTS, steps.append)
    assert sum(steps) == len(TEXTS)


def test_the_revision_is_that_of_the_model_and_the_precision(encoder: TransformerEncoder) -> None:
    again = load_encoder(EmbedSettings(precision="float32", batch_tokens=100))
    other = load_encoder(EmbedSettings(precision="bfloat16"))
    assert again.revision == encoder.revision
    assert other.revision != encoder.revision


def test_bfloat16_agrees_with_float32(encoder: TransformerEncoder, oracle: np.ndarray) -> None:
    vectors = load_encoder(EmbedSettings(precision="bfloat16")).encode(TEXTS)
    assert np.einsum("ij,ij->i", vectors, oracle).min() > 0.999


def test_a_kept_revision_decides_the_precision() -> None:
    for precision in ("float32", "bfloat16"):
        chosen = load_encoder(EmbedSettings(precision=precision))
        again = load_encoder(EmbedSettings(), keep=chosen.revision)
        assert (again.precision, again.revision) == (precision, chosen.revision)


def test_importing_the_stage_does_not_import_torch() -> None:
    code = "import sys, issuemine.embed; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
