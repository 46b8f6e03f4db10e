INSERT INTO runs (run_id, started_at, outcome, manifest) VALUES ($run_id, $started_at, 'running', $manifest)
