-- What speaks for new topics: the topic that each is nearest to, and how many customers wrote of it.
WITH near AS (
    SELECT
        n.topic_id, o.topic_id AS nearest,
        list_cosine_similarity(n.total, o.total) AS similarity
    FROM topic_models AS n
    SEMI JOIN chosen USING (topic_id)
    JOIN topic_models AS o ON o.space = n.space AND o.encoder = n.encoder AND o.topic_id <> n.topic_id
    WHERE NOT o.retired
)
SELECT
    c.topic_id,
    (SELECT arg_max(nearest, similarity) FROM near WHERE near.topic_id = c.topic_id) AS nearest,
    (SELECT max(similarity) FROM near WHERE near.topic_id = c.topic_id) AS similarity,
    count(DISTINCT r.customer_ref) AS customers
FROM chosen AS c
LEFT JOIN shown_assignments AS a USING (topic_id)
LEFT JOIN mentions AS m USING (mention_id)
LEFT JOIN records AS r USING (record_id)
GROUP BY c.topic_id
ORDER BY c.topic_id
