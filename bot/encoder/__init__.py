"""Our own sentence encoder: made by `make encoder`, run by `bot.encoder.runtime`."""
