"""Other engines, trained on our examples and judged as ours is: `make compare`."""
