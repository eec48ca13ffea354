"""What the assistant does in a turn: one task a file, all loaded by the action executor."""
