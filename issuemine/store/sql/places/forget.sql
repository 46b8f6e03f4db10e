-- Places of this run, should it be begun again, and of all runs but the one before.
DELETE FROM topic_places
WHERE run_number >= $run_number
    OR run_number < (SELECT max(run_number) FROM topic_places WHERE run_number < $run_number)
