SELECT run_id, file, "row", field, reason
FROM rejects
WHERE $run_id IS NULL OR run_id = $run_id
ORDER BY run_id DESC, file, "row", field
LIMIT $rows OFFSET $skip
