SELECT count(*) > 0 FROM runs WHERE run_id = $run_id AND outcome = 'done'
