"""Rasa's engine with its costs bounded: same decisions, in a time that does not grow."""
