SELECT
    (SELECT count(*) FROM records) AS records,
    (SELECT min(day) FROM records) AS first_day,
    (SELECT max(day) FROM records) AS last_day,
    (SELECT count(*) FROM mentions) AS mentions,
    (SELECT count(*) FROM mentions WHERE topic_id IS NULL) AS unassigned_mentions,
    (SELECT count(DISTINCT record_id) FROM topic_records) AS assigned_records,
    (SELECT count(*) FROM topics WHERE NOT retired) AS topics,
    (SELECT count(*) FROM topics WHERE hidden AND NOT retired) AS hidden_topics
