-- What was said of the day, and of days after it that have not come.
DELETE FROM signals WHERE day = $day OR day > greatest(CAST($day AS DATE), CAST($last AS DATE))
