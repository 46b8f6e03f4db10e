"""Whether a request comes from this machine itself: then it is let in while there is no key."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

from issuemine.loopback import is_loopback

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_local(scope: Scope) -> bool:
    """Whether both ends of a connection are on this machine, and nobody else's request was passed on.

    The name that was asked for must be this machine's too: otherwise a web page elsewhere could have its
    own name point here (DNS rebinding) and read what the browser of somebody at this machine is given.
    A proxy that was told nothing passes requests on in HTTP/1.0 and under this machine's name, as nginx does;
    no browser and no common program speaks that version.
    """
    headers = Headers(scope=scope)
    if scope.get("http_version") == "1.0" or any(name in headers for name in _PASSED_ON):
        return False
    ends = (scope.get("client"), scope.get("server"))
    return all(end is not None and is_loopback(end[0]) for end in ends) and _names_loopback(headers)


def _names_loopback(headers: Headers) -> bool:
    host = headers.get("host", "")
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return is_loopback(name.lower())
