"""Every route says which role it asks for; what does not say so is open to nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from issuemine.records_access import Role

Anyone = Literal["anyone"]
ANYONE: Anyone = "anyone"
"""Asked for by routes that need no key: is it alive, the page to sign in, the page's script."""

Signed = Literal["signature"]
SIGNED: Signed = "signature"
"""Asked for by addresses that helpdesks send events to: a key opens none of them, a cookie neither."""

_MARK = "__issuemine_needs__"
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True)
class Needs:
    """What a route asks for.

    ``reads`` says that none of its methods changes anything, so that a POST of it is not noted as a write.
    ``greets`` says that a route for anyone tells who asks, where the store can say so.
    ``signed_by`` names the helpdesk that must have signed the body, where that is what is asked for.
    """

    role: Role | Anyone | Signed
    reads: bool = False
    greets: bool = False
    signed_by: str | None = None


def needs(
    role: Role | Anyone, *, reads: bool = False, greets: bool = False
) -> Callable[[_Endpoint], _Endpoint]:
    """Declare what an endpoint, or an application that is mounted, asks for.

    Parameters
    ----------
    role : Role or ANYONE
        The role; keys of higher ones may use it too.
    reads : bool
        Whether a POST of it changes nothing either.
    greets : bool
        Whether a route for anyone wants to know who asks; all others ask the store nothing, so that a store
        that is broken or slow does not make the service look dead.
    """

    def declare(endpoint: _Endpoint) -> _Endpoint:
        setattr(endpoint, _MARK, Needs(role, reads, greets))
        return endpoint

    return declare


def signed_by(vendor: str) -> Callable[[_Endpoint], _Endpoint]:
    """Declare that an endpoint answers what a helpdesk has signed, and nothing else.

    Parameters
    ----------
    vendor : str
        The helpdesk, by its name in the settings of ``hooks``.
    """

    def declare(endpoint: _Endpoint) -> _Endpoint:
        setattr(endpoint, _MARK, Needs(SIGNED, signed_by=vendor))
        return endpoint

    return declare


def declared(endpoint: object) -> Needs | None:
    """What an endpoint asks for; None where it does not say."""
    found = getattr(endpoint, _MARK, None)
    return found if isinstance(found, Needs) else None
