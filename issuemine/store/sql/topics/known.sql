SELECT topic_id, space, label, keywords, quotes, born_run, named_run, retired, stability
FROM topics
ORDER BY CAST(topic_id[2:] AS INTEGER)
