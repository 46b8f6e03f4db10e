"""Takes what is personal out of an event, as the records are cleaned."""

from __future__ import annotations

from issuemine.config import Settings
from issuemine.desk.redacting import redactor
from issuemine.ingest.hooks import Event
from issuemine.store.layout import Layout


def redacted(event: Event, settings: Settings, layout: Layout) -> Event:
    """An event as it may be kept.

    Parameters
    ----------
    event : Event
        As it was read.
    settings : Settings
        What counts as personal data, and the key of customers' pseudonyms.
    layout : Layout
        The warehouse folder, where that key lies if no setting names it.
    """
    # The recognisers' libraries take seconds to import: the service starts without them.
    from issuemine.clean.hashing import keyed_hash
    from issuemine.clean.html import html_to_text
    from issuemine.clean.unicode import normalise

    given = settings.clean.customer_key
    key = given.get_secret_value().encode() if given is not None else layout.customer_key()
    found = redactor(settings.clean)

    def redact(text: str) -> str:
        plain = normalise(html_to_text(text))
        return found.redact(plain).text if plain else ""

    return event.safe(redact, lambda ref: keyed_hash(key, ref))
