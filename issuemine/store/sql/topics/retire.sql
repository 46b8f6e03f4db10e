UPDATE topics
SET retired = true, merged_into = gone.heir
FROM gone
WHERE topics.topic_id = gone.topic_id
