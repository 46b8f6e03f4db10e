"""Turn texts into unit-length vectors."""

from issuemine.embed.encoder import Encoder
from issuemine.embed.transformer import TransformerEncoder, load_encoder

__all__ = ["Encoder", "TransformerEncoder", "load_encoder"]
