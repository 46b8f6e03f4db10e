INSERT INTO intents SELECT $classifier, text_hash, probabilities FROM incoming
