"""How often one key may ask, and one address that fails to say who it is."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import Scope

from api.errors import TooManyRequestsError
from api.security.principal import Principal
from issuemine.messages import say

_REFUSALS = "60/minute"
"""Keys that do not open anything, of one address: they cannot be guessed, but each costs a look-up."""


class Limiter:
    """Counts requests, each process of the service for itself.

    Parameters
    ----------
    rate : str
        Requests of one key, such as ``600/minute``.
    hooks : str
        Events of one helpdesk.
    """

    def __init__(self, rate: str, hooks: str) -> None:
        self._rate = parse(rate)
        self._hooks = parse(hooks)
        self._refusals = parse(_REFUSALS)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def count(self, who: Principal | None, scope: Scope) -> None:
        """Count a request of somebody, or of an address where nobody has to say who they are.

        Raises
        ------
        TooManyRequestsError
            If it is one too many.
        """
        if who is not None and who.open:
            return
        if who is None:
            await self._hit(self._rate, f"address {_address(scope)}")
        elif who.way == "signature":
            await self._hit(self._hooks, f"hook {who.name}")
        else:
            await self._hit(self._rate, f"key {who.key_id}")

    async def refuse(self, scope: Scope) -> None:
        """Count a refusal of an address.

        Raises
        ------
        TooManyRequestsError
            If it was refused too often.
        """
        await self._hit(self._refusals, f"refused {_address(scope)}")

    async def _hit(self, rate: RateLimitItem, name: str) -> None:
        if await self._limiter.hit(rate, name):
            return
        stats = await self._limiter.get_window_stats(rate, name)
        seconds = max(1, math.ceil(stats.reset_time - time.time()))
        raise TooManyRequestsError(
            say("Too many requests."), say("Wait {seconds:,} seconds.", seconds=seconds), seconds=seconds
        )


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""
