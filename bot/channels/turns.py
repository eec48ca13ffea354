"""One turn: a visitor's message in, the assistant's messages out, in order and saved once.

A text's vector is computed beside the event loop, and a button's meaning needs no understanding:
both reach the conversation as ready parse data.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet

from bot.action_endpoints import check_schema_once, hand_over_what_is_read
from bot.channels.bodies import Incoming
from bot.channels.dialogue import CHANNEL, Dialogue, NoOutput
from bot.channels.errors import ChatError
from bot.channels.messages import Message, history, meaning_of, reply_to, said_since
from bot.channels.order import Order
from bot.channels.understanding import Begun, Understanding
from bot.engine.duplicates import try_answers_on_duplicates
from bot.engine.kept_actions import keep_actions
from bot.engine.lean_processor import LeanProcessor
from bot.languages import DEFAULT, LANGUAGES
from bot.nlu.catalogue_classifier import response_selector
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rasa.core.agent import Agent
    from rasa.shared.core.trackers import DialogueStateTracker

__all__ = ["Incoming", "Reply", "Turns"]

# Terms that are explained: understanding, rules and an action take part.
_WARMING: Final = {"nl": "Wat is een vte?", "fr": "C'est quoi un ETP ?"}


@dataclass(frozen=True)
class Reply:
    """What goes back: the language of the conversation now, and the new messages."""

    language: str
    messages: list[Message]


class Turns:
    """Runs turns on the one agent; the network of understanding runs beside the event loop."""

    def __init__(self, agent: Agent, seconds: float) -> None:
        check_schema_once()
        hand_over_what_is_read()
        try_answers_on_duplicates()
        keep_actions()
        agent.processor = LeanProcessor.of(agent.processor)
        self._agent = agent
        self._seconds = seconds
        self._order = Order()
        self._understanding = Understanding(agent)

    def close(self) -> None:
        """Let the thread of understanding end."""
        self._understanding.close()

    async def open(self, conversation_id: str, language: str, page: str | None) -> Reply:
        """Begin a conversation in a language, on a page, with the welcome."""

        async def welcome(tracker: DialogueStateTracker) -> None:
            tracker.update(SlotSet("language", language), self._agent.domain)
            tracker.update(SlotSet("page", page), self._agent.domain)
            await Dialogue(self._agent.processor, tracker).say("utter_welcome")

        return await self._turn(conversation_id, welcome)

    async def answer(
        self,
        conversation_id: str,
        incoming: Incoming,
        still_open: Callable[[], object] = lambda: None,
    ) -> Reply:
        """Answer one message, after those that came before it; sent twice, it is answered once.

        `still_open` is called when the turn had to wait, and raises when the visit has ended
        meanwhile.

        Raises:
            ChatError: `malformed` for a choice that this conversation did not offer,
                `unavailable` when the answer took too long.
            Exception: whatever a crashed action raised.
        """
        begun = None if incoming.text is None else self._understanding.begin(incoming.text)

        async def respond(tracker: DialogueStateTracker) -> None:
            await self._react(tracker, incoming, begun)

        try:
            return await self._turn(conversation_id, respond, still_open, incoming.client_id)
        finally:
            if begun is not None:
                begun.meaning.cancel()  # of a turn that was refused or given up before its time

    async def switch_language(
        self,
        conversation_id: str,
        language: str,
        still_open: Callable[[], object] = lambda: None,
    ) -> Reply:
        """Go on in another language; the visitor's choice stands in the conversation."""
        parse_data = _parse_data("change_language", {"language": language})
        text = LANGUAGES[language].name

        async def respond(tracker: DialogueStateTracker) -> None:
            await self._respond(tracker, text, parse_data, Incoming(text, None, None))

        return await self._turn(conversation_id, respond, still_open)

    async def messages(self, conversation_id: str) -> Reply:
        """The conversation so far."""
        # Read anew: the tracker between the turns belongs to the next turn.
        store = self._agent.processor.tracker_store
        tracker = await store.retrieve_full_tracker(conversation_id)
        if tracker is None:
            tracker = store.init_tracker(conversation_id)
        return Reply(_language(tracker), history(tracker.events))

    async def end(self, conversation_id: str, delete: Callable[[], None]) -> None:
        """Delete a conversation while no turn of it runs; beside the event loop."""
        async with self._order.turn(conversation_id):
            await asyncio.to_thread(delete)
            self._agent.processor.tracker_store.recent.forget(conversation_id)

    async def _turn(
        self,
        conversation_id: str,
        act: Callable[[DialogueStateTracker], Awaitable[None]],
        still_open: Callable[[], object] = lambda: None,
        client_id: str | None = None,
    ) -> Reply:
        """Act in order and in time; what is not done in time is not done at all."""

        async def in_order() -> Reply:
            async with self._order.turn(conversation_id) as waited:
                if waited:
                    still_open()
                return await self._acted(conversation_id, act, client_id)

        try:
            return await asyncio.wait_for(in_order(), self._seconds)
        except asyncio.TimeoutError as error:
            cause = f"the turn took longer than {self._seconds} seconds"
            raise ChatError("unavailable", cause) from error

    async def _acted(
        self,
        conversation_id: str,
        act: Callable[[DialogueStateTracker], Awaitable[None]],
        client_id: str | None,
    ) -> Reply:
        processor = self._agent.processor
        # A conversation is one session: it lives as long as its token (domain.yml).
        tracker = await processor.fetch_tracker_with_initial_session(conversation_id, NoOutput())
        known = reply_to(tracker.events, client_id)
        if known is not None:
            return Reply(_language(tracker), known)
        before = len(tracker.events)
        await act(tracker)
        said = said_since(tracker.events, before)
        if not said:
            raise ChatError("internal", "the turn ended without a message")
        await processor.save_tracker(tracker)
        return Reply(_language(tracker), said)

    async def _react(
        self, tracker: DialogueStateTracker, incoming: Incoming, begun: Begun | None
    ) -> None:
        text, parse_data = await self._meaning(tracker, incoming, begun)
        await self._respond(tracker, text, parse_data, incoming)

    async def _meaning(
        self, tracker: DialogueStateTracker, incoming: Incoming, begun: Begun | None
    ) -> tuple[str, dict[str, Any]]:
        if begun is not None:
            return begun.text, await self._understanding.finish(begun)
        found = meaning_of(tracker.events, incoming.choice or "")
        if found is None:
            raise ChatError("malformed", "the choice was not offered in this conversation")
        title, label, values = found
        return title, _parse_data(label, values)

    async def _respond(
        self,
        tracker: DialogueStateTracker,
        text: str,
        parse_data: dict[str, Any],
        incoming: Incoming,
    ) -> None:
        processor = self._agent.processor
        message = UserMessage(
            text,
            NoOutput(),
            tracker.sender_id,
            parse_data=parse_data | {"text": text},
            input_channel=CHANNEL,
            metadata={
                "language": _spoken(parse_data) or _language(tracker),
                "client_id": incoming.client_id,
                "choice": incoming.choice,
            },
        )
        # handle_message would read and save the conversation once more.
        await processor._handle_message_with_tracker(message, tracker)  # noqa: SLF001
        await Dialogue(processor, tracker).react()


async def warm_up(agent: Agent) -> None:
    """Answer somebody who is not there: what is loaded at the first message is loaded before it.

    Nothing of it is kept.
    """
    phrase_finder()
    turns = Turns(agent, seconds=0.0)
    try:
        for code, text in _WARMING.items():
            tracker = agent.tracker_store.init_tracker(f"warming-up-{code}")
            tracker.update(SlotSet("language", code), agent.domain)
            begun = turns._understanding.begin(text)  # noqa: SLF001 - its own module
            await turns._react(tracker, Incoming(text, None, None), begun)  # noqa: SLF001
    finally:
        turns.close()


def _parse_data(label: str, values: dict[str, Any]) -> dict[str, Any]:
    """What understanding would give for a message that means exactly this."""
    intent, _, topic = label.partition("/")
    data: dict[str, Any] = {
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [{"name": label, "confidence": 1.0}],
        "entities": [
            {"entity": name, "value": value, "extractor": "choice"}
            for name, value in values.items()
        ],
    }
    if topic:
        data["response_selector"] = response_selector(label)
        data["intent"]["full_retrieval_intent_name"] = label
    return data


def _language(tracker: DialogueStateTracker) -> str:
    return str(tracker.get_slot("language") or DEFAULT)


def _spoken(parse_data: dict[str, Any]) -> str | None:
    for entity in parse_data["entities"]:
        if entity["entity"] in ("language", "other_language"):
            return str(entity["value"])
    return None
