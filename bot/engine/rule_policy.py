"""Step 4 of the flow: Rasa's RulePolicy, looking no further back than its rules do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    PREVIOUS_ACTION,
    USER,
)
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from bot.engine.recent_states import recent_states

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker

_READING: Final = (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class RecentRulePolicy(RulePolicy):
    """Decides as RulePolicy does, in a time that does not grow with the conversation."""

    def _prediction_states(
        self, tracker: DialogueStateTracker, domain: Domain, *others: Any, **settings: Any
    ) -> list[dict[str, Any]]:
        recent = _Recent(tracker, self._longest_rule + 1)
        return super()._prediction_states(recent, domain, *others, **settings)

    def _find_action_from_rules(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool,  # noqa: FBT001 - Rasa's signature
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and not self._reads_text:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    @cached_property
    def _rules(self) -> list[list[dict[str, Any]]]:
        return [
            self._rule_key_to_state(key) for name in _READING for key in self.lookup.get(name, {})
        ]

    @cached_property
    def _longest_rule(self) -> int:
        return max(map(len, self._rules), default=0)

    @cached_property
    def _reads_text(self) -> bool:
        """Whether a rule can hold of a message whatever its intent, and so by its text."""
        last = [rule[-1] for rule in self._rules]
        return any(
            state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
            and INTENT not in state.get(USER, {})
            for state in last
        )


class _Recent:
    """Stands for a tracker where the featurizer only asks for its states."""

    def __init__(self, tracker: DialogueStateTracker, count: int) -> None:
        self._tracker = tracker
        self._count = count

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,  # noqa: FBT001, FBT002 - Rasa's signature
        ignore_rule_only_turns: bool = False,  # noqa: FBT001, FBT002
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        if omit_unset_slots or ignore_rule_only_turns:
            return self._tracker.past_states(
                domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data
            )
        return recent_states(self._tracker, domain, self._count)
