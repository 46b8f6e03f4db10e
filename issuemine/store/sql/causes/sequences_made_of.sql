SELECT days, first_day, last_day, contacts, without_customer FROM sequence_basis
