-- Topics that quote a mention which is no more.
SELECT DISTINCT topic_id
FROM (SELECT topic_id, unnest(quotes).mention_id AS mention_id FROM topics WHERE NOT retired)
ANTI JOIN mentions USING (mention_id)
ORDER BY topic_id
