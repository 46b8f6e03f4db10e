"""Embed: every distinct text of a space gets a vector, once."""

from __future__ import annotations

import pyarrow as pa

from issuemine.discover import Reason
from issuemine.messages import say
from pipelines.context import Run
from pipelines.spaces import Space, lexical_space, model_space, saved_lexical_space, vectors_column

_CHUNK = 8_192


def open_spaces(run: Run) -> list[Space]:
    """The spaces that have mentions, their encoders loaded, or fitted where all is looked at anew.

    A space whose encoder is another than before is discovered anew, whatever was planned.
    """
    spaces = []
    for name in run.plans:
        known = run.warehouse.value("encoders/revision", {"space": name})
        space = _open(run, name, known)
        if space.revision != known:
            run.plans[name] = run.plans[name] or Reason.ENCODER
        run.encoders[f"encoder of {name}"] = space.revision
        spaces.append(space)
    return spaces


def embed(run: Run, spaces: list[Space]) -> None:
    """Encode the texts that have no vector of their space's encoder yet, a chunk a transaction."""
    run.add("encoded_texts", 0)
    for space in spaces:
        run.warehouse.execute("vectors/create", dim=space.dim)
        values = {
            "encoder": space.revision,
            "space": space.name,
            "as_of": run.day,
            "all": run.plans[space.name] is not None,
        }
        missing = run.warehouse.table("vectors/missing", values, dim=space.dim)
        with run.reporter.stage(say("Encoding ({space})", space=space.name), missing.num_rows) as advance:
            for start in range(0, missing.num_rows, _CHUNK):
                chosen = missing.slice(start, _CHUNK)
                texts = run.warehouse.table("mentions/texts", tables={"chosen": chosen})
                vectors = space.encode(texts, advance)
                rows = pa.table({"text_hash": texts["text_hash"], "vector": vectors_column(vectors)})
                encoder = {"encoder": space.revision}
                with run.warehouse.transaction():
                    run.warehouse.execute("vectors/insert", encoder, tables={"incoming": rows}, dim=space.dim)
                    run.add("encoded_texts", rows.num_rows)
                    run.keep()


def _open(run: Run, name: str, known: str | None) -> Space:
    if name == "model":
        return model_space(run.settings, known)
    values = {"space": name, "as_of": run.day}
    language = run.warehouse.value("mentions/language", values)
    if run.plans[name] is None and known is not None:
        space = saved_lexical_space(run.settings, language, run.layout.models, known)
        if space is not None:
            return space
    hashes = run.warehouse.table("mentions/hashes", values)
    corpus = run.warehouse.table("mentions/texts", tables={"chosen": hashes})
    with run.reporter.stage(say("Learning the words"), None):
        return lexical_space(run.settings, corpus, language, run.layout.models)
