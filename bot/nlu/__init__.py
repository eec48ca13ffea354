"""Steps of understanding: from the visitor's words to a catalogue label, a language, entities."""
