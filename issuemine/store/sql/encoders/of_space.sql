SELECT revision, dim FROM encoders WHERE space = $space
