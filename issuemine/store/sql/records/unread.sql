-- Positions of the incoming rows that no record stands for as they are.
SELECT position FROM incoming ANTI JOIN records USING (fingerprint) ORDER BY position
