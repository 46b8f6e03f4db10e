SELECT run_id, outcome, manifest FROM runs ORDER BY run_id DESC LIMIT 1
