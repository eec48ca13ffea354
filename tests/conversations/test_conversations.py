"""Whole conversations, as visitors hold them: every story of this folder in each language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conversations.player import Conversation
from tests.conversations.stories import read_stories

if TYPE_CHECKING:
    from tests.conversations.player import Stage
    from tests.conversations.stories import Story

_STORIES = read_stories(Path(__file__).parent)


@pytest.mark.model
@pytest.mark.parametrize("story", _STORIES, ids=[one.id for one in _STORIES])
async def test_conversation(story: Story, stage: Stage) -> None:
    await Conversation(stage, story, story.language).play()
