"""Addresses that only this machine itself can reach."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a name or address is that of the machine itself.

    Parameters
    ----------
    host : str
        ``localhost`` or an IP address; any other name could be led elsewhere.
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
