SELECT * FROM rejects ORDER BY run_id, file, "row", field
