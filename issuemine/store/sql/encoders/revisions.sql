SELECT revision FROM encoders
