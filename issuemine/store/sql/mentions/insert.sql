INSERT INTO mentions BY NAME
SELECT m.*, r.day, false AS settled
FROM incoming AS m
JOIN records AS r USING (record_id)
