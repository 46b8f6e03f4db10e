"""Who has signed a body: helpdesks hold no key, they sign what they send."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.datastructures import Headers
from starlette.types import Scope

from api.errors import NotFoundError, UnauthorizedError
from api.security.limiting import Limiter
from api.security.principal import Principal
from api.security.signatures import SCHEMES
from issuemine.config import HooksSettings
from issuemine.messages import say
from issuemine.records_access import Role


class Signatures:
    """Knows which helpdesk has signed a body.

    Parameters
    ----------
    settings : HooksSettings
        The secrets, and how old a signature may be.
    limiter : Limiter
        Counts the events of each helpdesk, and refusals of each address: who cannot sign does not use up
        what the helpdesk may send.
    """

    def __init__(self, settings: HooksSettings, limiter: Limiter) -> None:
        self._settings = settings
        self._limiter = limiter

    async def admit(self, vendor: str, scope: Scope, body: bytes) -> Principal:
        """Who sends a body that a helpdesk has signed.

        Parameters
        ----------
        vendor : str
            The helpdesk that must have signed it.
        scope : Scope
            Of the request.
        body : bytes
            As it came.

        Raises
        ------
        NotFoundError
            If no secret of the helpdesk is set.
        UnauthorizedError
            If the signature is missing, another's or too old.
        TooManyRequestsError
            If the helpdesk sends too often, or the address was refused too often.
        """
        secrets = self._settings.secrets(vendor)
        if not secrets:
            raise NotFoundError(
                say("No webhook of this helpdesk is set up here."),
                say("Set hooks.{vendor} to its signing secret.", vendor=vendor),
            )
        scheme, headers = SCHEMES[vendor], Headers(scope=scope)
        try:
            if not scheme.fits(headers, body, secrets):
                raise UnauthorizedError(
                    say("The signature is missing or does not fit."),
                    say("Compare hooks.{vendor} with the secret that the helpdesk shows.", vendor=vendor),
                )
            age = scheme.age(headers, datetime.now(UTC))
            if age is not None and age > self._settings.tolerance_seconds:
                raise UnauthorizedError(
                    say("The signature is too old, or from the future."),
                    say("If it is new, set the clock of this machine."),
                )
        except UnauthorizedError:
            await self._limiter.refuse(scope)
            raise
        who = Principal(vendor, Role.INGESTER, "signature")
        await self._limiter.count(who, scope)
        return who
