-- Replaced by themselves: a snapshot that lacks these is told to be one, and not found out later.
SELECT * REPLACE (hidden AS hidden, intents AS intents) FROM topics ORDER BY topic_id
