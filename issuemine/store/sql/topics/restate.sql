DELETE FROM assignments
WHERE mention_id IN (
    SELECT mention_id
    FROM assignments
    LEFT JOIN members USING (mention_id)
    WHERE members.topic_id IS DISTINCT FROM assignments.topic_id
)
