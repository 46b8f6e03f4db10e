"""What somebody does with a generated client. Type-checked and run by the test beside it, not collected."""

import sys

from issuemine_client import AuthenticatedClient
from issuemine_client.api.compare import compare
from issuemine_client.api.curation import events, rename, undo
from issuemine_client.api.exports import export
from issuemine_client.api.topics import list_topics, topic_detail, topic_records
from issuemine_client.models import (
    Comparison,
    CurationEvents,
    Problem,
    Rename,
    Said,
    Sort,
    TopicDetail,
    TopicList,
    TopicRecords,
    TopicSummary,
    Undo,
)


def use(client: AuthenticatedClient) -> None:
    """Read, page, write, be refused."""
    topics: list[TopicSummary] = []
    cursor: str | None = None
    while True:
        page = list_topics.sync(client=client, limit=5, sort=Sort.GROWTH, cursor=cursor)
        assert isinstance(page, TopicList)
        topics += page.topics
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len({topic.topic_id for topic in topics}) == len(topics) > 5
    assert [topic.growth for topic in topics] == sorted((topic.growth for topic in topics), reverse=True)

    first = max(topics, key=lambda topic: topic.records)
    detail = topic_detail.sync(first.topic_id, client=client)
    assert isinstance(detail, TopicDetail)
    assert (detail.label, detail.records, detail.first_seen) == (first.label, first.records, first.first_seen)
    records = topic_records.sync(first.topic_id, client=client, language=["ko", "en"], limit=2)
    assert isinstance(records, TopicRecords)
    assert all(record.created_at.year == 2026 and record.text for record in records.records)

    found = compare.sync(client=client, platform=["ios"], b_platform=["web"])
    assert isinstance(found, Comparison)
    assert found.topics[0].low is None or found.topics[0].low >= 0

    said = rename.sync(
        client=client, body=Rename(topic=first.topic_id, label="Called so"), idempotency_key="one"
    )
    assert isinstance(said, Said)
    again = rename.sync(
        client=client, body=Rename(topic=first.topic_id, label="Called so"), idempotency_key="one"
    )
    assert again == said
    taken_back = undo.sync(client=client, body=Undo(event_id=said.event_id))
    assert isinstance(taken_back, Said)
    assert taken_back.undoes == said.event_id
    told = events.sync(client=client, topic=first.topic_id)
    assert isinstance(told, CurationEvents)
    assert [event.kind for event in told.events] == ["undo", "rename"]

    lines = export.sync_detailed("topic_days", client=client)
    assert lines.status_code == 200
    assert isinstance(lines.parsed, str)
    assert lines.parsed.lstrip("\ufeff").startswith('"topic_id","day","records"\n')

    missing = topic_detail.sync("T99999", client=client)
    assert isinstance(missing, Problem)
    assert (missing.status, missing.title) == (404, "Not Found")
    refused = list_topics.sync(client=client, cursor="odd")
    assert isinstance(refused, Problem)
    assert refused.status == 422
    stranger = AuthenticatedClient(base_url=sys.argv[1], token="im_wrong")  # noqa: S106 - opens nothing
    nobody = list_topics.sync(client=stranger)
    assert isinstance(nobody, Problem)
    assert nobody.status == 401


if __name__ == "__main__":
    use(AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2], raise_on_unexpected_status=True))
