SELECT any_value(language) FROM mentions WHERE space = $space AND day <= $as_of
