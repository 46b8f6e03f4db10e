-- A split's topic begins as a copy of the one that it comes from, until naming looks at it.
INSERT INTO topics BY NAME
SELECT
    * EXCLUDE (topic_id, label, born_run, named_run, retired, merged_into),
    $topic_id AS topic_id, coalesce($label, label || ' (' || $topic_id || ')') AS label,
    $run_id AS born_run, $run_id AS named_run, false AS retired, NULL AS merged_into
FROM topics
WHERE topic_id = $parent
