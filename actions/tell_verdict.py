"""The verdict of the eligibility check: every reason with its source, never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction

from actions.conversation import language_of
from actions.eligibility_questions import QUESTIONS, Answers
from actions.eligibility_rules import judge
from actions.eligibility_words import as_list, reason_lines, thresholds

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher


class ActionTellVerdict(Action):
    """Weighs the answers and says what they lead to."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_tell_verdict"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> list[dict[str, Any]]:
        """Say the verdict, and give it to the API as data too."""
        answers = Answers.of({slot: tracker.get_slot(slot) for slot in QUESTIONS})
        verdict = judge(answers, thresholds())
        dispatcher.utter_message(
            response=f"utter_eligibility_verdict_{verdict.path}_{verdict.result}",
            values={"reasons": as_list(reason_lines(verdict, language_of(tracker)))},
            verdict=verdict.as_json(),
        )
        return [FollowupAction("action_listen")]
