SELECT DISTINCT text_hash FROM mentions WHERE space = $space AND day <= $as_of ORDER BY text_hash
