"""Find topics among mention vectors and assign mentions to them."""
