-- Topics that quote a mention which is not theirs any more.
SELECT DISTINCT quoted.topic_id
FROM (SELECT topic_id, unnest(quotes).mention_id AS mention_id FROM topics WHERE NOT retired) AS quoted
ANTI JOIN members AS b ON b.mention_id = quoted.mention_id AND b.topic_id = quoted.topic_id
ORDER BY quoted.topic_id
