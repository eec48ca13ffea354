"""Honest measurement of the understanding: `make evaluate`. Nothing here runs in the assistant."""
