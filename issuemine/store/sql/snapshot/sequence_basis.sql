SELECT * FROM sequence_basis
