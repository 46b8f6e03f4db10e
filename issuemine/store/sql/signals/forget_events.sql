DELETE FROM state_events WHERE day = $day
