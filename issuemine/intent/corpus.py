"""The prototype sentences: what people write, by what it does, in many industries."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from issuemine.errors import IntentError
from issuemine.messages import say
from issuemine.records import Intent

INTENTS = tuple(Intent)
PROTOTYPE_SCHEMA = pa.schema(
    [
        pa.field("text", pa.string(), nullable=False),
        pa.field("intent", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("domain", pa.string(), nullable=False),
    ]
)
"""``domain`` is the industry a prototype is about (``general`` for none): folds of cross-validation are
made of whole industries, since a user's industry is rarely one of ours."""


def prototypes(languages: Collection[str] | None = None) -> pa.Table:
    """Prototype sentences with the intent that each stands for.

    They were written for this project: reviews, tickets and survey answers from telecom, banking,
    health, transport, retail, software, games, travel, insurance, utilities, education and government.

    Parameters
    ----------
    languages : collection of str, optional
        ISO 639-1 codes; default: all that have prototypes.

    Returns
    -------
    pa.Table
        Columns ``text``, ``intent``, ``language``, ``domain``; sorted by language, else in file order.

    Raises
    ------
    IntentError
        If a language has no prototypes.
    """
    known = _files()
    wanted = sorted(known if languages is None else set(languages))
    unknown = [language for language in wanted if language not in known]
    if unknown or not wanted:
        raise IntentError(
            say("There are no prototypes of intents in: {languages}.", languages=", ".join(unknown))
            if unknown
            else say("No language was named to take prototypes of intents from."),
            say("Choose from: {languages}.", languages=", ".join(sorted(known))),
        )
    return pa.concat_tables([_read(language) for language in wanted])


def covered(languages: Collection[str] | None) -> tuple[str, ...]:
    """Those of the languages that have prototypes, sorted; where none has, and for None and ``*``, all."""
    known = _files()
    named = known.keys() if languages is None or "*" in languages else known.keys() & set(languages)
    return tuple(sorted(named or known))


def targets(table: pa.Table) -> npt.NDArray[np.int64]:
    """Index into the intents of each prototype, ``(n_prototypes,)``."""
    order = pa.array([str(intent) for intent in INTENTS])
    found: npt.NDArray[np.int64] = pc.index_in(table["intent"], value_set=order).to_numpy().astype(np.int64)
    return found


def fingerprint(table: pa.Table, *settings: object) -> str:
    """Sixteen hexadecimal digits that change when a prototype or a setting does."""
    digest = blake2b(repr(settings).encode(), digest_size=8)
    for column in ("text", "intent"):
        digest.update("\n".join(table[column].to_pylist()).encode())
    return digest.hexdigest()


def _files() -> dict[str, Traversable]:
    folder = files("issuemine.intent").joinpath("prototypes")
    return {file.name[:-4]: file for file in folder.iterdir() if file.name.endswith(".tsv")}


@cache
def _read(language: str) -> pa.Table:
    with _files()[language].open("rb") as source:
        table = csv.read_csv(
            source,
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in ("intent", "domain", "text")},
                strings_can_be_null=False,
            ),
        )
    table = table.append_column("language", pa.repeat(pa.scalar(language), len(table)))
    return table.select(PROTOTYPE_SCHEMA.names).cast(PROTOTYPE_SCHEMA)
