INSERT INTO mentions BY NAME
SELECT m.*, r.day
FROM incoming AS m
JOIN records AS r USING (record_id)
