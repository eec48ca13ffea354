"""Whole conversations, as visitors hold them: every story of this folder in each language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conversations.player import Conversation
from tests.conversations.stories import read_stories

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from tests.conversations.player import Stage
    from tests.conversations.stories import Story


def _played(story: Story) -> ParameterSet:
    """A story as a test; one that is known to fail tells why, and when it passes again."""
    marks = [pytest.mark.xfail(reason=story.fails, strict=False)] if story.fails else []
    return pytest.param(story, id=story.id, marks=marks)


_STORIES = [_played(story) for story in read_stories(Path(__file__).parent)]


@pytest.mark.model
@pytest.mark.parametrize("story", _STORIES)
async def test_conversation(story: Story, stage: Stage) -> None:
    await Conversation(stage, story, story.language).play()
