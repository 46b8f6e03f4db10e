UPDATE mentions SET place = NULL WHERE space = $space AND place IS NOT NULL
