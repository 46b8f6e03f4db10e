-- Runs that judged a later day, one of which there are records: a day that had not come was not judged.
SELECT count(*) FROM runs WHERE outcome = $outcome AND as_of > $day AND as_of <= $last
