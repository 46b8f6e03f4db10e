"""Public holidays, which have a level of their own."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from issuemine.errors import TrendsError
from issuemine.messages import say


def public_holidays(days: NDArray[np.datetime64], country: str) -> NDArray[np.bool_]:
    """Which days are public holidays of a country.

    Parameters
    ----------
    days : ndarray of datetime64[D], shape (n_days,)
    country : str
        ISO 3166-1 code, e.g. KR.

    Raises
    ------
    TrendsError
        If there is no calendar of that country.
    """
    years = days.astype("datetime64[Y]").astype(int) + 1970
    known = np.concatenate([_of_year(country, int(year)) for year in np.unique(years)])
    return np.isin(days.astype("datetime64[D]"), known)


@lru_cache(maxsize=256)
def _of_year(country: str, year: int) -> NDArray[np.datetime64]:
    import holidays  # slow to load, and most runs name no country

    try:
        found = holidays.country_holidays(country, years=year)
    except NotImplementedError as error:
        raise TrendsError(
            say("There is no calendar of holidays of {country}.", country=country),
            say("Give detect.holidays a code of ISO 3166-1, such as KR."),
        ) from error
    return np.array(sorted(found), dtype="datetime64[D]")
