INSERT INTO vectors_{dim} SELECT $encoder, text_hash, vector FROM incoming
