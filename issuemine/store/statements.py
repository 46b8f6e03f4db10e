"""Named statements: files under ``sql/``, named by their path without the suffix (``"records/upsert"``).

Values are bound. Two parts of a statement cannot be: the dimension of a vector and the columns of grouping
sets. Both are filled in from whole numbers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

GroupingSets: TypeAlias = Sequence[Sequence[int]]
"""Sets of columns to count by: 1 stands for the column ``a1``, 2 for ``a2``, and so on."""


@cache
def statement(name: str) -> str:
    """Text of a named statement.

    Raises
    ------
    FileNotFoundError
        If there is no file of that name under ``sql/``.
    """
    return (files("issuemine.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def filled(name: str, dim: int | None = None, sets: GroupingSets | None = None) -> str:
    """Text of a named statement with the dimension of its vectors or its grouping sets filled in."""
    text = statement(name)
    if dim is not None:
        text = text.replace("{dim}", str(int(dim)))
    if sets is not None:
        listed = (", ".join(f"a{int(column)}" for column in columns) for columns in sets)
        text = text.replace("{sets}", ", ".join(f"({columns})" for columns in listed))
    return text
