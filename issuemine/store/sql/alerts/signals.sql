-- Signals of the runs after one; the night that found a signal last is its run.
SELECT * FROM signals WHERE CAST(run_id[2:] AS INTEGER) > $after ORDER BY day, signal_id
