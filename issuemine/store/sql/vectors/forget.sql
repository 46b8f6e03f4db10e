DELETE FROM vectors_{dim} WHERE encoder LIKE $prefix || '%' AND encoder <> $encoder
