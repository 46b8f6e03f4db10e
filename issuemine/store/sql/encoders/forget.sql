DELETE FROM encoders WHERE space = $space
