SELECT run_id, as_of, started_at, finished_at, outcome, manifest
FROM runs
WHERE $run_id IS NULL OR run_id = $run_id
ORDER BY run_id DESC
LIMIT $rows OFFSET $skip
