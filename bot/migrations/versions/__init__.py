"""One step of the database each, in the order of their numbers."""
