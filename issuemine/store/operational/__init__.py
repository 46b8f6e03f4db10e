"""What people write: small, transactional, apart from the warehouse that one run at a time holds."""

from issuemine.store.operational.engine import Operational, open_operational

__all__ = ["Operational", "open_operational"]
