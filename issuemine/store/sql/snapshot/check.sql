-- What must hold in every snapshot: the number of rows that break each rule. Facts are made of mentions.
SELECT
    (SELECT count(*) FROM topic_records ANTI JOIN topics USING (topic_id)) AS facts_without_topic,
    (SELECT count(*) FROM mentions ANTI JOIN records USING (record_id)) AS mentions_without_record,
    (SELECT count(*) FROM topic_links ANTI JOIN topics USING (topic_id)) AS links_without_topic,
    (
        SELECT count(*)
        FROM (SELECT topic_id, sum(records) AS records FROM topic_days GROUP BY topic_id) AS days
        FULL JOIN (SELECT topic_id, count(*) AS records FROM topic_records GROUP BY topic_id) AS facts
            USING (topic_id)
        WHERE days.records IS DISTINCT FROM facts.records
    ) AS topics_with_wrong_days
