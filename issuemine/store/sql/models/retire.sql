UPDATE topic_models SET retired = true WHERE topic_id IN (SELECT topic_id FROM gone)
