INSERT INTO encoders VALUES ($space, $revision, $dim)
