SELECT count(*) FROM runs WHERE outcome = $outcome AND as_of > $day
