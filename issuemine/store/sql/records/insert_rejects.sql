INSERT INTO rejects BY NAME SELECT $run_id AS run_id, * FROM incoming
