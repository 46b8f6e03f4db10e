INSERT INTO discoveries
VALUES ($run_id, $space, $day, $reason, $mentions, $topics, $resolution, $accepted, $wrong, $strangers)
