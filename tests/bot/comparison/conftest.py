"""NLP.js is tried where `make compare` has installed it."""

from bot.comparison.peers import HERE

collect_ignore = [] if (HERE / "nlp_js" / "node_modules").is_dir() else ["test_nlp_js.py"]
