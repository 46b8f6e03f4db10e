SELECT count(*) FROM records WHERE pending AND day <= $as_of
