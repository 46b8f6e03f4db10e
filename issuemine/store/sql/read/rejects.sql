SELECT run_id, file, "row", field, reason
FROM rejects
WHERE run_id = $run_id
ORDER BY file, "row", field
