"""The lean processor understands and fills slots as Rasa's own does."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.dialogue import NoOutput
from bot.engine.lean_processor import LeanProcessor
from bot.nlu.sentence_encoder import encode

if TYPE_CHECKING:
    import numpy as np
    from rasa.core.agent import Agent

# Rasa warns whoever has a slot of this kind; so does ours.
pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed")

_DOMAIN = """
version: "3.1"
intents: [inform]
entities: [language, place]
slots:
  language:
    {type: text, mappings: [{type: from_entity, entity: language}]}
  place:
    {type: text, mappings: [{type: custom}, {type: from_entity, entity: place}]}
  asked: {type: any, mappings: [{type: custom, action: action_ask}]}
  path: {type: any, mappings: [{type: custom}]}
actions: [action_ask]
"""
_MESSAGES = (
    "Wanneer moest je ten laatste indienen?",
    "C'est quoi un ETP ?",
    "49 %",
    "hallo",
    "?",
    "xq zz",
    "Goeiedag, ik heb een bakkerij. Wanneer moest je ten laatste indienen? Alvast bedankt",
)


def _lean(domain: Domain) -> LeanProcessor:
    rasas = MessageProcessor.__new__(MessageProcessor)
    rasas.__dict__.update(domain=domain, graph_runner=DaskGraphRunner.__new__(DaskGraphRunner))
    return LeanProcessor.of(rasas)


def test_slots_that_no_message_fills_are_left_out() -> None:
    domain = Domain.from_yaml(_DOMAIN)

    lean = _lean(domain)

    assert [slot.name for slot in lean.domain_of_messages.slots] == ["language", "place", "asked"]
    assert len(domain.slots) > 3, "Rasa's own domain stays as it was"


async def test_a_message_fills_the_slots_that_rasa_would_fill() -> None:
    domain = Domain.from_yaml(_DOMAIN.replace(", action: action_ask", ""))
    entities = [{"entity": "language", "value": "fr"}, {"entity": "place", "value": "Gent"}]
    tracker = DialogueStateTracker.from_events("a", [], slots=domain.slots)
    tracker.update(UserUttered("fr, Gent", {"name": "inform"}, entities), domain)

    found = [
        await ActionExtractSlots(None).run(NoOutput(), SimpleNamespace(), tracker, seen)
        for seen in (domain, _lean(domain).domain_of_messages)
    ]

    assert found[0] == found[1] == [SlotSet("language", "fr"), SlotSet("place", "Gent")]


@pytest.mark.model
@pytest.mark.parametrize("text", _MESSAGES)
async def test_a_message_means_what_it_means_to_rasa(agent: Agent, text: str) -> None:
    lean = LeanProcessor.of(agent.processor)

    ours: dict[str, Any] = await lean.parse_message(UserMessage(text))
    asked = []

    async def compare(part: str) -> np.ndarray:
        asked.append(part)
        return lean.catalogue.meaning_scores(await asyncio.to_thread(encode, part))

    in_steps: dict[str, Any] = await lean.parse_in_steps(UserMessage(text), compare)

    assert ours == await MessageProcessor.parse_message(agent.processor, UserMessage(text))
    assert in_steps == ours
    assert ours["intent_ranking"], text
    assert asked[0] == lean.catalogue.judged_first(text)
