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
    coalesce(size.records, 0) AS records,
    coalesce(size.mentions, 0) AS mentions,
    coalesce(size.languages, []) AS languages,
    size.first_seen, size.last_seen
FROM topics AS t
LEFT JOIN curated_topics AS c USING (topic_id)
LEFT JOIN (
    SELECT
        a.topic_id,
        count(DISTINCT m.record_id) AS records,
        count(*) AS mentions,
        list_sort(list(DISTINCT m.language)) AS languages,
        min(m.day) AS first_seen,
        max(m.day) AS last_seen
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day <= $as_of
    GROUP BY a.topic_id
) AS size USING (topic_id)
WHERE (NOT t.retired OR size.records > 0) AND t.topic_id NOT IN (SELECT topic_id FROM topic_aliases)
ORDER BY records DESC, CAST(t.topic_id[2:] AS INTEGER)
