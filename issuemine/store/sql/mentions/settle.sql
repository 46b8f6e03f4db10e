UPDATE mentions SET settled = true WHERE NOT settled AND day <= $as_of
