"""Reading a BERT sentence encoder from its folder, if it is of the kind that the packed forward computes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

_MODULES = ("Transformer", "Pooling", "Normalize")


@dataclass(frozen=True, slots=True)
class BertParts:
    """A BERT encoder with absolute positions, mean pooling and unit length, taken apart.

    Attributes
    ----------
    heads : int
        Attention heads of a layer.
    layers : int
        Number of layers.
    epsilon : float
        Of the layer norms.
    weights : mapping of str to Tensor
        By the names of ``transformers.BertModel``.
    tokenizer : Tokenizer
        Set to truncate at the model's length and not to pad.
    facts : str
        What besides the weights decides the vectors, for the revision.
    """

    heads: int
    layers: int
    epsilon: float
    weights: Mapping[str, torch.Tensor]
    tokenizer: Tokenizer
    facts: str


def read_bert(folder: Path) -> BertParts | None:
    """Read a sentence-transformers folder.

    Returns
    -------
    BertParts or None
        None if the folder is of another architecture, pools otherwise, puts prompts before texts or is
        not in the usual, readable files: such a model is left to sentence-transformers itself.
    """
    config = _json(folder / "config.json")
    length = _max_length(folder, config)
    files = (folder / "tokenizer.json", folder / "model.safetensors")
    if not (_is_bert(config) and _is_plain(folder) and length and all(file.is_file() for file in files)):
        return None
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(files[0]))
        state = load_file(files[1])
    except Exception:  # Bare Exception is what tokenizers raises of a damaged file; who loads it next tells.
        return None
    tokenizer.no_padding()
    tokenizer.enable_truncation(length)
    layers = int(config["num_hidden_layers"])
    weights = {name.removeprefix("bert."): tensor for name, tensor in state.items()}
    if not set(_weight_names(layers)) <= weights.keys():
        return None
    return BertParts(
        heads=int(config["num_attention_heads"]),
        layers=layers,
        epsilon=float(config["layer_norm_eps"]),
        weights={name: weights[name] for name in _weight_names(layers)},
        tokenizer=tokenizer,
        facts=f"{config['num_attention_heads']} {config['layer_norm_eps']} {tokenizer.to_str()}",
    )


def _is_bert(config: Mapping[str, Any]) -> bool:
    return (
        config.get("model_type") == "bert"
        and config.get("architectures") == ["BertModel"]
        and config.get("position_embedding_type", "absolute") == "absolute"
        and config.get("hidden_act") == "gelu"
        and not config.get("is_decoder")
        and not config.get("add_cross_attention")
    )


def _is_plain(folder: Path) -> bool:
    """Whether a text goes in as it is and comes out as the normalised mean of its tokens."""
    modules = _json(folder / "modules.json")
    if not isinstance(modules, list):
        return False
    kinds = tuple(str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules)
    if kinds != _MODULES:
        return False
    pooling = _json(folder / modules[1]["path"] / "config.json")
    modes = {name for name, value in pooling.items() if name.startswith("pooling_mode_") and value}
    mean = (
        pooling.get("pooling_mode") == "mean"
        if "pooling_mode" in pooling
        else modes == {"pooling_mode_mean_tokens"}
    )
    prompt = _json(folder / "config_sentence_transformers.json").get("default_prompt_name")
    lower = _json(folder / "sentence_bert_config.json").get("do_lower_case", False)
    return mean and not prompt and not lower and modules[0]["path"] == ""


def _max_length(folder: Path, config: Mapping[str, Any]) -> int | None:
    stated = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    tokenizer = _json(folder / "tokenizer_config.json").get("model_max_length")
    limits = [stated or tokenizer, config.get("max_position_embeddings")]
    return min(int(limit) for limit in limits if limit) if all(limits) else None


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _weight_names(layers: int) -> list[str]:
    embeddings = ("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight")
    norm = ("LayerNorm.weight", "LayerNorm.bias")
    names = [f"embeddings.{name}" for name in (*embeddings, *norm)]
    parts = (
        *(f"attention.self.{name}" for name in ("query", "key", "value")),
        "attention.output.dense",
        "attention.output.LayerNorm",
        "intermediate.dense",
        "output.dense",
        "output.LayerNorm",
    )
    names += [
        f"encoder.layer.{layer}.{part}.{kind}"
        for layer in range(layers)
        for part in parts
        for kind in ("weight", "bias")
    ]
    return names
