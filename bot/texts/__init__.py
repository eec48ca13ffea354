"""What is said: data/texts/, read strictly, filled with facts, and found by its phrases."""
