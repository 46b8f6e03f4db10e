"""One redactor for all tests of this folder: it takes seconds to build."""

import pytest

from issuemine.clean.redaction import Redactor
from issuemine.config import CleanSettings


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    return Redactor(CleanSettings())
