"""Reads bodies into rows and hands them to the inbox."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Request

from api.errors import BadQueryError, NotFoundError, TooLargeError, UnsupportedError
from issuemine.inbox import Intake, Receipt
from issuemine.ingest.jsonlines import parsed
from issuemine.messages import retell, say
from issuemine.store.inbox import RECEIPT, received_at

_JSON = "application/json"
_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")


def _intake(request: Request) -> Intake:
    found: Intake = request.app.state.intake
    return found


TakesIn = Annotated[Intake, Depends(_intake)]


async def rows_of(request: Request) -> list[Any]:
    """The rows of a request's body; of JSON Lines, a line that is no JSON is None.

    Raises
    ------
    UnsupportedError
        If its type is neither JSON nor JSON Lines.
    BadQueryError
        If it is no such thing, or holds no record.
    TooLargeError
        If it holds more records than one body may.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON and kind not in _LINES:
        raise UnsupportedError(
            say("A body of this type is not read."),
            say("Send Content-Type: {json} or {lines}.", json=_JSON, lines=_LINES[0]),
        )
    try:
        text = (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQueryError(say("The body is not in UTF-8.")) from error
    rows = _listed(text) if kind == _JSON else [_line(line) for line in text.split("\n") if line.strip()]
    most = request.app.state.settings.api.max_records
    if len(rows) > most:
        raise TooLargeError(
            say("The body holds {rows:,} records; at most {most:,} are taken.", rows=len(rows), most=most),
            say("Send them in smaller parts."),
        )
    if not rows:
        raise BadQueryError(say("The body holds no record."))
    return rows


def _listed(text: str) -> list[Any]:
    try:
        found = parsed(text)
    except (ValueError, RecursionError) as error:
        raise BadQueryError(say("The body is not JSON.")) from error
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise BadQueryError(
                say("Record {row} of the body is not a JSON object.", row=number),
                say("Send one object, a list of objects, or JSON Lines."),
            )
    return rows


def _line(line: str) -> Any:
    try:
        return parsed(line)
    except (ValueError, RecursionError):
        return None


def take_in(intake: Intake, rows: list[Any], source: str) -> Receipt:
    """Have rows kept."""
    return intake.accept(rows, source)


def told(receipt: Receipt) -> dict[str, Any]:
    """A receipt as the service tells it, with its reasons in the language of who asks."""
    rejections = [asdict(one) | {"reason": retell(one.reason)} for one in receipt.rejections]
    return asdict(receipt) | {"rejections": rejections}


def state_of(intake: Intake, receipt_id: str) -> dict[str, Any]:
    """Whether what a receipt stands for waits, or which run has published it.

    Raises
    ------
    NotFoundError
        If there is no such receipt, or only one of long ago.
    """
    run_id = None
    if not RECEIPT.fullmatch(receipt_id) or (
        intake.inbox.find(receipt_id) is None and (run_id := intake.inbox.taken_by(receipt_id)) is None
    ):
        raise NotFoundError(
            say("There is no receipt {receipt}, or it was published long ago.", receipt=receipt_id)
        )
    state = "waiting" if run_id is None else "published"
    return {
        "receipt_id": receipt_id,
        "received_at": received_at(receipt_id),
        "state": state,
        "run_id": run_id,
    }
