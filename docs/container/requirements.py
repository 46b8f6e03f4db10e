"""Prints the libraries that pyproject.toml names, a line each, with those for PostgreSQL."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
sys.stdout.write("\n".join([*project["dependencies"], *project["optional-dependencies"]["postgres"]]) + "\n")
