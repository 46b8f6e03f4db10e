-- Vectors of encoders that no space lives in any more.
DELETE FROM vectors_{dim} WHERE encoder NOT IN (SELECT revision FROM encoders)
