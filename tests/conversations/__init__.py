"""Conversations as tests; README.md tells how they are written."""

import pytest

# So that a difference is shown, not only that there is one.
pytest.register_assert_rewrite("tests.conversations.player", "tests.conversations.expected")
