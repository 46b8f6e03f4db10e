SELECT * FROM signals WHERE day = $day ORDER BY signal_id
