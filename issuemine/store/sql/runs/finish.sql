UPDATE runs
SET as_of = $as_of, finished_at = $finished_at, outcome = $outcome, manifest = $manifest
WHERE run_id = $run_id
