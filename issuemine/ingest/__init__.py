"""Read exports into valid, typed records and rejects."""

from issuemine.ingest.columns import columns
from issuemine.ingest.inputs import expand
from issuemine.ingest.inspection import describe, inspect
from issuemine.ingest.reading import Batch, read
from issuemine.ingest.rejects import KEPT

__all__ = ["KEPT", "Batch", "columns", "describe", "expand", "inspect", "read"]
