"""What is told of the tables that can be exported."""

from __future__ import annotations

from pydantic import BaseModel, Field

from issuemine.store.formats import Format


class ColumnOut(BaseModel):
    """A column."""

    name: str
    type: str = Field(description="As DuckDB names it.")
    meaning: str


class TableOut(BaseModel):
    """A table."""

    name: str
    meaning: str
    rows: int | None = Field(description="How many; null where that is known only when they are read.")
    by_days: bool = Field(description="Whether `first` and `last` can be given.")
    by_records: bool = Field(description="Whether filters can be given.")
    columns: list[ColumnOut]
    url: str = Field(description="Where its rows are.")


class ExportList(BaseModel):
    """All tables."""

    snapshot: str
    formats: list[Format]
    tables: list[TableOut]
