"""Small worlds with known topics for the tests of discovery."""

import numpy as np
import numpy.typing as npt


def groups(
    sizes: list[int], *, dim: int = 48, spread: float = 0.7, seed: int = 0
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Unit vectors around random centres; ``spread`` is the noise's length relative to the centre's."""
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    centres = rng.normal(size=(len(sizes), dim)) / np.sqrt(dim)
    rows = centres[labels] + spread * rng.normal(size=(len(labels), dim)) / np.sqrt(dim)
    return unit(rows), labels


def unit(rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
