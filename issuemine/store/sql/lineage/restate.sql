INSERT INTO restatements VALUES ($run_id, $day, $mentions)
