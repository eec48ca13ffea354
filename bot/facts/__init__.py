"""What is true about the calls: data/facts.yml, read strictly, with its sources and phases."""
