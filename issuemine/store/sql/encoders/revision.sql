SELECT revision FROM encoders WHERE space = $space
