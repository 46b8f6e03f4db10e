"""What every encoder can do: turn texts into unit-length vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int], None]


@runtime_checkable
class Encoder(Protocol):
    """Maps texts into one vector space, in which the cosine says how alike two texts are.

    Attributes
    ----------
    name : str
        What people call it.
    revision : str
        Key of its vectors in a cache: changes whenever the vectors of the same texts would.
    dim : int
        Length of a vector.
    """

    @property
    def name(self) -> str:
        """What people call the encoder."""
        ...

    @property
    def revision(self) -> str:
        """Key of its vectors in a cache."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode texts.

        Parameters
        ----------
        texts : sequence of str
            Any texts, in any order; equal ones get equal vectors.
        progress : callable, optional
            Called with the number of texts just done.

        Returns
        -------
        ndarray of float32, shape ``(n_texts, dim)``
            Unit-length vectors, in the order of ``texts``.
        """
        ...
