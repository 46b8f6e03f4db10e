-- Mentions, lately and before, of the topics that grew most: at most so many of each, spread over all by a hash
-- of their ids.
WITH spoken AS (
    SELECT a.topic_id, m.mention_id, m.day > $since AS recent
    FROM shown_assignments AS a
    JOIN mentions AS m USING (mention_id)
    WHERE m.day > $after AND m.day <= $as_of
),
grown AS (
    SELECT topic_id
    FROM spoken
    GROUP BY topic_id
    HAVING count(*) FILTER (WHERE recent) > 0
    ORDER BY count(*) FILTER (WHERE recent) - $share * count(*) FILTER (WHERE NOT recent) DESC, topic_id
    LIMIT $topics
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY topic_id, recent ORDER BY md5(mention_id)) AS place
    FROM spoken
    SEMI JOIN grown USING (topic_id)
)
SELECT p.topic_id, m.space, p.mention_id, m.text, m.tokens, p.recent
FROM placed AS p
JOIN mentions AS m USING (mention_id)
WHERE p.place <= $most
ORDER BY p.topic_id, p.mention_id
