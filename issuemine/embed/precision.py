"""Which arithmetic is fastest on this machine and still gives float32's vectors."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from issuemine.embed.encoder import Vectors

Encode = Callable[[Sequence[str]], Vectors]

MIN_AGREEMENT = 0.999
"""Mean cosine to float32's vectors from which on a precision may be used."""

MIN_GAIN = 1.15
"""How many times as fast a precision must be to be taken: timing is noisy, and float32 is the reference."""

ROUNDS = 3

HOPELESS = 1.5
"""A precision that takes this many times the reference's time at first sight is not timed further."""

UNUSABLE = (RuntimeError, AttributeError, NotImplementedError)
"""What torch raises for an operation that this machine or this version does not have."""

PROBES = (
    "My card payment was declined at the shop this morning.",
    "The app crashes every time I open it after the last update!!",
    "How do I reset my password? The e-mail with the link never arrives.",
    "Great service, thank you so much for your help :)",
    "I want a refund now, order 48213 never came and nobody answers the phone.",
    "cannot log in, error code 0x80070057",
    "Please add a dark mode and an export of all reports to a spreadsheet.",
    "Sound cuts out during video calls on my Android phone, version 1.4.2.",
    "The waiting room was cold, but the staff were kind and explained every step.",
    "Why was I charged twice on the same day?",
    "ok",
    "The invoice for <DATE> is missing, and <EMAIL> asks for our VAT number.",
    "The battery is empty after three hours and gets hot while it charges.",
    "I have been a customer for ten years and am about to cancel, because the price keeps rising while "
    "the connection drops every evening between eight and ten, whatever I try with the router.",
    "Delivery was two weeks late, and the box was open",
    "Two-factor codes arrive too late to be used when travelling abroad.",
)
"""Texts on which precisions are timed and compared: always the same, whatever is to be encoded."""

TIMED = PROBES * 8
"""A few batches, as large as in earnest."""


def agreement(vectors: Vectors, reference: Vectors) -> float:
    """Mean cosine between parallel rows of unit vectors, both ``(n_texts, dim)``; NaN counts as 0."""
    return float(np.nan_to_num(np.einsum("ij,ij->i", vectors, reference)).mean())


def usable(encoders: Mapping[str, Encode], reference: Encode) -> dict[str, float]:
    """Agreement of the precisions that can be used here and agree with the reference.

    Parameters
    ----------
    encoders : mapping of str to callable
        By precision; a callable that raises marks a precision that this machine cannot do.
    reference : callable
        The same texts in float32.

    Returns
    -------
    dict of str to float
        Mean cosine to the reference on the probes, at least ``MIN_AGREEMENT``.
    """
    expected = reference(PROBES)
    found: dict[str, float] = {}
    for precision, encode in encoders.items():
        try:
            cosine = agreement(encode(PROBES), expected)
        except UNUSABLE as error:
            logging.getLogger(__name__).info("%s cannot be used here: %s", precision, type(error).__name__)
            continue
        if cosine >= MIN_AGREEMENT:
            found[precision] = cosine
    return found


def fastest(encoders: Mapping[str, Encode], reference: str) -> str:
    """The fastest precision, or the reference if none is clearly faster.

    A short trial drops those that are far slower; the others are timed in turn, ``ROUNDS`` times, and judged
    by their best time, which other work on the machine disturbs least.

    Parameters
    ----------
    encoders : mapping of str to callable
        By precision, the reference among them.
    reference : str
        What is kept unless another is ``MIN_GAIN`` times as fast.
    """
    trial = {precision: _timed(encode, PROBES) for precision, encode in encoders.items()}
    left = [precision for precision in trial if trial[precision] <= HOPELESS * trial[reference]]
    if left == [reference]:
        return reference
    seconds = dict.fromkeys(left, float("inf"))
    for precision in left * ROUNDS:
        seconds[precision] = min(seconds[precision], _timed(encoders[precision], TIMED))
    best = min(seconds, key=lambda precision: seconds[precision])
    return best if seconds[best] * MIN_GAIN <= seconds[reference] else reference


def _timed(encode: Encode, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    encode(texts)
    return time.perf_counter() - start
