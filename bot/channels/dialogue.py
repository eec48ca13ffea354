"""What follows from a message: Rasa's prediction loop, except that a failure is not swallowed.

Rasa logs an action that crashed and goes on as if it had said nothing. Here the exception ends the
turn, so that the visitor gets an honest sentence and nothing half done is kept. Rasa also copies
all that happens, to its depth, for a log that nobody reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.core.actions.action import ActionExecutionRejection, ActionExtractSlots
from rasa.core.channels.channel import OutputChannel
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.events import ActionExecutionRejected, UserUttered

from bot.engine.duplicates import duplicate

if TYPE_CHECKING:
    from rasa.core.actions.action import Action
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.engine.lean_processor import LeanProcessor

CHANNEL = "chat"


class NoOutput(OutputChannel):
    """Sends nothing: what was said is read from the conversation when the turn is over."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Do nothing."""


class Dialogue:
    """Acts on one conversation until the assistant listens again."""

    def __init__(self, processor: LeanProcessor, tracker: DialogueStateTracker) -> None:
        self._processor = processor
        self._tracker = tracker
        self._output = NoOutput()

    async def react(self) -> None:
        """Do what follows from the latest message.

        Raises:
            ActionLimitReached: the rules lead in a circle.
            Exception: whatever an action raised.
        """
        await self._extract_slots()
        again = True
        while again:
            action, prediction = self._processor.predict_next_with_tracker_if_should(self._tracker)
            again = await self._run(action, prediction)

    async def say(self, response: str) -> None:
        """Say one text, unasked, and listen."""
        prediction = PolicyPrediction.for_action_name(self._processor.domain, response)
        for name in (response, "action_listen"):
            await self._run(self._processor._get_action(name), prediction)  # noqa: SLF001

    async def _run(self, action: Action, prediction: PolicyPrediction) -> bool:
        """Run one action as Rasa does; return whether another one may follow."""
        processor, tracker = self._processor, self._tracker
        # An action that is rejected must leave no trace of what predicted it.
        trial = duplicate(tracker)
        trial.update_with_events(prediction.events, processor.domain)
        try:
            events = await action.run(self._output, processor.nlg, trial, processor.domain) or []
        except ActionExecutionRejection:
            tracker.update(_rejection(action, prediction))
            return True
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, processor.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, processor.domain)
        if any(isinstance(event, UserUttered) for event in events):
            await self._extract_slots()
        return bool(processor.should_predict_another_action(action.name()))

    async def _extract_slots(self) -> None:
        processor, tracker = self._processor, self._tracker
        extracting = ActionExtractSlots(processor.action_endpoint)
        domain = processor.domain_of_messages
        events = await extracting.run(self._output, processor.nlg, tracker, domain)
        tracker.update_with_events(events, processor.domain)


def _rejection(action: Action, prediction: PolicyPrediction) -> Event:
    return ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence)
