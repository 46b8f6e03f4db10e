-- Topics that are there, and retired ones under which records are still counted.
SELECT
    t.topic_id, t.space, coalesce(c.label, t.label) AS label, t.keywords, t.quotes, t.intents,
    t.hidden AND NOT coalesce(c.pinned, false) OR coalesce(c.excluded, false) AS hidden,
    t.born_run, t.named_run, t.stability, t.retired, t.merged_into,
    coalesce(c.excluded, false) AS excluded,
    coalesce(c.locked, false) AS locked,
    coalesce(c.pinned, false) AS pinned,
    c.owner,
    coalesce(c.tickets, []) AS tickets,
    coalesce(c.notes, []) AS notes,
    coalesce(counted.records, 0) AS records,
    coalesce(counted.mentions, 0) AS mentions,
    coalesce(spoken.languages, []) AS languages,
    counted.first_seen, counted.last_seen
FROM topics AS t
LEFT JOIN curated_topics AS c USING (topic_id)
LEFT JOIN (
    SELECT
        topic_id,
        count(*) AS records,
        CAST(sum(mentions) AS BIGINT) AS mentions,
        min(day) AS first_seen,
        max(day) AS last_seen
    FROM building.topic_records
    GROUP BY topic_id
) AS counted USING (topic_id)
LEFT JOIN (
    SELECT topic_id, list_sort(list(DISTINCT language)) AS languages
    FROM building.mentions
    GROUP BY topic_id
) AS spoken USING (topic_id)
WHERE (NOT t.retired OR counted.records > 0) AND t.topic_id NOT IN (SELECT topic_id FROM topic_aliases)
ORDER BY counted.records DESC NULLS LAST, CAST(t.topic_id[2:] AS INTEGER)
