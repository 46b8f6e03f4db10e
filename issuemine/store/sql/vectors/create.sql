CREATE TABLE IF NOT EXISTS vectors_{dim} (
    encoder VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    vector FLOAT[{dim}] NOT NULL
)
