"""Imported once by the fork server: two nights bring all libraries and models into memory."""

import tempfile
from pathlib import Path

from tests.pipelines.children import run_night
from tests.pipelines.growing import two_nights

with tempfile.TemporaryDirectory() as folder:
    first, second = two_nights(Path(folder))
    for file in (first, second):
        run_night([file], Path(folder) / "var", Path(folder) / "run.log")
