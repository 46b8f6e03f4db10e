SELECT * FROM signals WHERE day = $day ORDER BY news DESC, p_value, signal_id
