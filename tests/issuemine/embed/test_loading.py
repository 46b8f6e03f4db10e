"""Any model: packed where it can be, by sentence-transformers where not, a clear error where neither."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from issuemine.config import EmbedSettings
from issuemine.embed import load_encoder
from issuemine.embed.bert import read_bert
from issuemine.embed.bundled import WEIGHTS_SHA256, bundled_folder, verify_checksum
from issuemine.errors import EmbedError
from tests.issuemine.embed.conftest import save_tiny

TEXTS = ["login fails", "refund", "", "cards " * 30, "login fails", "app app 카드", "refund"]


def by_sentence_transformers(model: Path) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model), device="cpu").encode(TEXTS, normalize_embeddings=True)


@pytest.mark.parametrize(
    ("changes", "packed"),
    [
        ({}, True),
        ({"intermediate_size": 32}, True),
        ({"pooling": "cls"}, False),
        ({"hidden_act": "relu"}, False),
        ({"architecture": "distilbert"}, False),
    ],
    ids=["bert", "square bert", "cls pooling", "relu", "distilbert"],
)
def test_every_architecture_gives_its_own_vectors(
    tmp_path: Path, changes: dict[str, str], packed: bool
) -> None:
    model = save_tiny(tmp_path, **changes)
    assert (read_bert(model) is not None) == packed
    encoder = load_encoder(EmbedSettings(model=str(model), precision="float32"))
    steps: list[int] = []
    vectors = encoder.encode(TEXTS, steps.append)
    np.testing.assert_allclose(vectors, by_sentence_transformers(model), atol=2e-6)
    assert (encoder.name, encoder.dim, sum(steps)) == ("model", 32, len(TEXTS))


def test_a_prompt_before_texts_is_left_to_sentence_transformers(tiny: Path, tmp_path: Path) -> None:
    model = tmp_path / "prompted"
    shutil.copytree(tiny, model)
    file = model / "config_sentence_transformers.json"
    settings = {**json.loads(file.read_text()), "prompts": {"q": "card "}, "default_prompt_name": "q"}
    file.write_text(json.dumps(settings))
    assert read_bert(model) is None
    encoder = load_encoder(EmbedSettings(model=str(model), precision="float32"))
    np.testing.assert_allclose(encoder.encode(TEXTS), by_sentence_transformers(model), atol=2e-6)
    assert encoder.revision != load_encoder(EmbedSettings(model=str(tiny), precision="float32")).revision


def test_other_weights_are_another_revision(tiny: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    model = tmp_path / "changed"
    shutil.copytree(tiny, model)
    weights = load_file(model / "model.safetensors")
    weights["encoder.layer.1.output.dense.bias"][3] += 1e-3
    save_file(weights, model / "model.safetensors", metadata={"format": "pt"})
    settings = [EmbedSettings(model=str(folder), precision="float32") for folder in (tiny, model)]
    assert load_encoder(settings[0]).revision != load_encoder(settings[1]).revision


def test_auto_precision_agrees_with_float32(tiny: Path) -> None:
    auto = load_encoder(EmbedSettings(model=str(tiny))).encode(TEXTS)
    assert np.einsum("ij,ij->i", auto, by_sentence_transformers(tiny)).mean() > 0.999


def test_the_bundled_weights_are_the_published_ones() -> None:
    assert (bundled_folder() / "model.safetensors").is_file()


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"not the weights")
    with pytest.raises(EmbedError, match="damaged") as caught:
        verify_checksum(file, WEIGHTS_SHA256)
    assert caught.value.hint is not None
    assert "Install it again" in caught.value.hint


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(EmbedError, match="cannot be read"):
        verify_checksum(tmp_path / "model.safetensors", WEIGHTS_SHA256)


def test_an_unknown_model_offline_is_told_what_to_do() -> None:
    with pytest.raises(EmbedError, match="cannot be loaded") as caught:
        load_encoder(EmbedSettings(model="nobody/no-such-model"))
    assert caught.value.hint is not None
    assert "bundled" in caught.value.hint


def test_a_folder_that_holds_a_damaged_model_is_told(tiny: Path, tmp_path: Path) -> None:
    model = tmp_path / "damaged"
    shutil.copytree(tiny, model)
    (model / "model.safetensors").write_bytes(b"\x08\x00\x00\x00")
    with pytest.raises(EmbedError, match="cannot be loaded"):
        load_encoder(EmbedSettings(model=str(model)))
