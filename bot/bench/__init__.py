"""What the engine costs: start, memory, time and training, measured on the real server."""
