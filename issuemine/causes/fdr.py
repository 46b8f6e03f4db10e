"""The share of false discoveries among everything that was scanned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def q_values(p_values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Smallest false discovery rate at which each of the tests is still a discovery.

    Parameters
    ----------
    p_values : array of float, shape (n,)
        Every test that was made, between 0 and 1.

    Returns
    -------
    array of float, shape (n,)
        Benjamini and Hochberg's adjusted p-values (J. R. Statist. Soc. B 57, 1995, p. 289). Tests of nested
        combinations are positively dependent, which the procedure allows.
    """
    count = len(p_values)
    order = np.argsort(p_values)[::-1]
    raised = p_values[order] * count / np.arange(count, 0, -1)
    found = np.empty(count)
    found[order] = np.minimum(np.minimum.accumulate(raised), 1.0)
    return found
