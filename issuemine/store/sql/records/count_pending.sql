SELECT count(*) FROM records WHERE pending
