"""Plays a story through the turns of the conversation API and compares everything it shows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bot.channels.bodies import incoming_in
from bot.channels.errors import ChatError
from bot.channels.turns import Incoming
from bot.languages import LANGUAGES
from tests.conversations.expected import shown
from tests.conversations.stories import StoryError, in_language

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.channels.turns import Reply, Turns
    from tests.conftest import Clock
    from tests.conversations.expected import Shown, Words
    from tests.conversations.outbox import Outbox
    from tests.conversations.stories import Story

_NEVER_NAMED: Final = {"action_listen", "action_session_start", "action_extract_slots"}


@dataclass
class Stage:
    """What stories are played on: one agent, whose calendar is set by each story."""

    agent: Agent
    turns: Turns
    words: Words
    outbox: Outbox
    clock: Clock


@dataclass
class Conversation:
    """One story as it is played: its language now, the last messages, and all of them."""

    stage: Stage
    story: Story
    language: str
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    last: list[dict[str, Any]] = field(default_factory=list)
    all: list[dict[str, Any]] = field(default_factory=list)

    async def play(self) -> None:
        """Play every step; the first difference is an AssertionError that names the step."""
        self.stage.clock.today = self.story.today
        self._heard(await self.stage.turns.open(self.id, self.language, self.story.page))
        self._compare(["utter_welcome"], "the welcome")
        for place, step in enumerate(self.story.steps, 1):
            await self._step(step, f"step {place}: {step}")
        reply = await self.stage.turns.messages(self.id)
        said = [one for one in reply.messages if one["sender"] == "assistant"]
        assert [shown(one) for one in said] == [shown(one) for one in self.all], "the history"

    async def _step(self, step: dict[str, Any], where: str) -> None:
        if "user" in step:
            await self._say(step, where)
        elif "choice" in step:
            await self._tap(step)
        elif "switch_language" in step:
            self.language = self._language(step["switch_language"])
            self._heard(await self.stage.turns.switch_language(self.id, self.language))
        elif "bot" in step:
            said = step["bot"]
            self._compare(said if isinstance(said, list) else [said], where)
        elif "action" in step:
            assert step["action"] in await self._actions(), where
        elif "slot_was_set" in step:
            await self._compare_slots(step["slot_was_set"], where)
        else:
            self.stage.outbox.compare(self.id, step["outbox"], self.language, where)

    async def _say(self, step: dict[str, Any], where: str) -> None:
        self.language = self._language(step.get("language", self.language))
        text = in_language(step["user"], self.language)
        self.language = self._language(step.get("answered_in", self.language))
        refused = None
        try:
            incoming = incoming_in({"text": str(text), "client_id": secrets.token_hex(8)})
            self._heard(await self.stage.turns.answer(self.id, incoming))
        except ChatError as error:
            refused = error.code
        assert refused == step.get("refused"), where
        if "intent" in step:
            assert await self._label() == step["intent"], where

    async def _tap(self, step: dict[str, Any]) -> None:
        """Tap the choice of an id or a label where it was offered last."""
        wanted = in_language(step["choice"], self.language)
        label = wanted
        if wanted in self.stage.words.texts.labels:
            label = self.stage.words.label(wanted, self.language, self.story.today)
        offered = {
            one["label"]: one["id"] for message in reversed(self.last) for one in message["choices"]
        }
        assert label in offered, f"{wanted!r} is not offered among {sorted(offered)}"
        self.language = self._language(step.get("answered_in", self.language))
        self._heard(await self.stage.turns.answer(self.id, Incoming(None, offered[label], None)))

    def _heard(self, reply: Reply) -> None:
        self.last = reply.messages
        self.all += reply.messages
        assert reply.language == self.language, f"the conversation is in {reply.language}"

    def _compare(self, said: list[Any], where: str) -> None:
        got = [shown(message) for message in self.last]
        expected: list[Shown] = []
        for one in said:
            this = got[len(expected)] if len(expected) < len(got) else {"choices": []}
            expected += self.stage.words.expected(one, self.language, self.story.today, this)
        assert got == expected, where

    async def _compare_slots(self, wanted: list[dict[str, Any]], where: str) -> None:
        tracker = await self._tracker()
        for row in wanted:
            got = {name: tracker.get_slot(name) for name in row}
            assert got == {name: in_language(v, self.language) for name, v in row.items()}, where

    async def _label(self) -> str:
        intent = (await self._tracker()).latest_message.intent
        return str(intent.get("full_retrieval_intent_name") or intent["name"])

    async def _actions(self) -> list[str]:
        names: list[str] = []
        for event in (await self._tracker()).events:
            if event.type_name == "user":
                names.clear()
            elif event.type_name == "action" and event.action_name not in _NEVER_NAMED:
                names.append(event.action_name)
        return names

    async def _tracker(self) -> DialogueStateTracker:
        return await self.stage.agent.processor.get_tracker(self.id)

    def _language(self, name: str) -> str:
        if name in LANGUAGES:
            return name
        if name != "other":
            raise StoryError(f"{name!r} is no language: write other, or one of {list(LANGUAGES)}.")
        return next(code for code in LANGUAGES if code != self.language)
