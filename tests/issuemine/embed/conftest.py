"""Tiny randomly initialised models, saved as sentence-transformers saves them."""

from pathlib import Path
from typing import Any

import pytest
import torch

from issuemine.config import EmbedSettings
from issuemine.embed import TransformerEncoder, load_encoder

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "card", "##s", "login", "fails", "refund", "app")


def save_tiny(folder: Path, pooling: str = "mean", architecture: str = "bert", **changes: Any) -> Path:
    """Save a tiny model; ``changes`` are entries of its configuration."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import AutoConfig, AutoModel, BertTokenizerFast

    torch.manual_seed(7)
    shape: dict[str, Any] = {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 64,
    }
    if architecture == "distilbert":
        shape = {"dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 64}
    config = AutoConfig.for_model(
        architecture,
        vocab_size=len(WORDS),
        max_position_embeddings=40,
        **{**shape, **changes},
    )
    AutoModel.from_config(config).save_pretrained(folder / "parts")
    BertTokenizerFast(vocab={word: place for place, word in enumerate(WORDS)}).save_pretrained(
        folder / "parts"
    )
    modules = [Transformer(str(folder / "parts"), max_seq_length=16), Pooling(32, pooling), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def encoder() -> TransformerEncoder:
    """The bundled model in float32."""
    return load_encoder(EmbedSettings(precision="float32"))
