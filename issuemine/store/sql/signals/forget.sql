DELETE FROM signals WHERE day = $day
