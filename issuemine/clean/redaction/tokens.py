"""What a machine-made token looks like."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9]{16,}")


def entropy(text: str) -> float:
    """Shannon entropy of the characters of a text, in bits per character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def switches(text: str) -> int:
    """Count the places where a letter and a digit meet."""
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(text))


def is_random(token: str) -> bool:
    """Say whether some run of 16 letters and digits in a token looks drawn by a machine.

    Words, slugs, camel-case names and plain numbers do not: letters and digits must meet at least four
    times, with an entropy of at least 3 bits per character.
    """
    return any(switches(run) >= 4 and entropy(run) >= 3.0 for run in _RUN.findall(token))
