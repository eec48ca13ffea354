"""After the consent: a row in the outbox, and the reference for the visitor."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction, SlotSet

from actions.conversation import language_of
from actions.handoff_form import CONSENT, HandoffInterview
from actions.handoff_mail import handoff_of
from actions.interview import offer_to_resume
from bot.database import engine_for, upgrade
from bot.languages import DEFAULT
from bot.mail.intake import ReferenceTakenError, TooManyMailsError, new_reference
from bot.mail.route import Route
from bot.mail.submission import hand_over
from bot.settings import Settings
from bot.texts.generator import shared_texts

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher
    from sqlalchemy.engine import Engine

    from bot.mail.intake import Receipt


@lru_cache(maxsize=1)
def _store() -> tuple[Settings, Engine, Route]:
    settings = Settings.from_environment()
    engine = engine_for(settings.database)
    upgrade(engine)
    return (
        settings,
        engine,
        Route.from_settings(settings, shared_texts().facts.in_language(DEFAULT)["mailbox"]),
    )


def _submit(tracker: Tracker, answers: dict[str, Any], language: str) -> Receipt:
    settings, engine, route = _store()
    now = datetime.now(timezone.utc)
    handoff = handoff_of(tracker, answers, language)
    return hand_over(
        engine, settings, route, handoff=handoff, conversation_id=tracker.sender_id, now=now
    )


class ActionSendHandoff(Action):
    """Puts the mail in the outbox when the answer was yes, and forgets the rest."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_send_handoff"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> list[dict[str, Any]]:
        """Send on a yes only; say what became of it. Waits for the database, beside the loop."""
        language = language_of(tracker)
        answers = {slot: tracker.get_slot(slot) for slot in HandoffInterview.slots}
        if answers[CONSENT] == "yes":
            self._send(dispatcher, tracker, answers, language)
        else:
            dispatcher.utter_message(response="utter_handoff_refused")
        offer_to_resume(dispatcher, tracker, language)
        forgotten = [SlotSet(slot, None) for slot in answers]
        return [*forgotten, FollowupAction("action_listen")]

    def _send(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        answers: dict[str, Any],
        language: str,
    ) -> None:
        try:
            try:
                receipt = _submit(tracker, answers, language)
            except ReferenceTakenError:
                answers["handoff_reference"] = new_reference(datetime.now(timezone.utc))
                receipt = _submit(tracker, answers, language)
        except TooManyMailsError:
            dispatcher.utter_message(response="utter_handoff_too_many")
            return
        state = "repeated" if receipt.repeated else receipt.state
        name = {"held": "utter_handoff_held", "repeated": "utter_handoff_repeated"}.get(
            state, "utter_handoff_queued"
        )
        dispatcher.utter_message(
            response=name,
            values={"reference": receipt.reference, "address": answers["handoff_email"]},
            handoff={"reference": receipt.reference, "state": receipt.state},
        )
