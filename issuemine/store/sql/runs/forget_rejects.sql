DELETE FROM rejects WHERE run_id = $run_id
