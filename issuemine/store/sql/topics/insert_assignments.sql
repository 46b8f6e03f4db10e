-- A mention is counted under the topic that it had first.
INSERT INTO assignments BY NAME
SELECT mention_id, topic_id, similarity
FROM found
ANTI JOIN assignments USING (mention_id)
WHERE counts
