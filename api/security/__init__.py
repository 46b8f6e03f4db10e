"""Who may do what: keys, roles, sessions, limits and what is noted of writes, checked before any endpoint."""

from api.security.principal import Principal, admitted_principal, changed, csrf_token, principal_of
from api.security.roles import ANYONE, SIGNED, needs, signed_by
from issuemine.records_access import Role

__all__ = [
    "ANYONE",
    "SIGNED",
    "Principal",
    "Role",
    "admitted_principal",
    "changed",
    "csrf_token",
    "needs",
    "principal_of",
    "signed_by",
]
