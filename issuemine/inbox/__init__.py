"""Records that are sent to the service: checked, redacted and kept until the next run."""

from issuemine.inbox.intake import Intake, Receipt, Rejection

__all__ = ["Intake", "Receipt", "Rejection"]
