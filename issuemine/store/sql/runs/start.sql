INSERT INTO runs (run_id, started_at, outcome) VALUES ($run_id, $started_at, 'running')
