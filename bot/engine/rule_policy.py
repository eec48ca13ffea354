"""Step 4 of the flow: Rasa's RulePolicy, looking no further back than its rules do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    PREVIOUS_ACTION,
    SHOULD_NOT_BE_SET,
    USER,
)
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from bot.engine.recent_states import recent_states
from bot.engine.state_memory import states_of

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker

_Last = tuple[str | None, str | None]
_READING: Final = (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class RecentRulePolicy(RulePolicy):
    """Decides as RulePolicy does, in a time that does not grow with the conversation."""

    def _prediction_states(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,  # noqa: FBT001, FBT002 - Rasa's signature
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        count = self._longest_rule + 1

        def read() -> list[dict[str, Any]]:
            states: list[dict[str, Any]] = super(RecentRulePolicy, self)._prediction_states(
                _Recent(tracker, count), domain, use_text_for_last_user_input, rule_only_data
            )
            return states

        if use_text_for_last_user_input or any(slot.has_features() for slot in domain.slots):
            return read()
        return states_of(tracker, domain, count, read)

    def _find_action_from_rules(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool,  # noqa: FBT001 - Rasa's signature
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and not self._reads_text:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
        """The rules that hold; Rasa tries all of them, of which most are about other meanings."""
        if id(lookup) not in self._by_last_state:
            self._by_last_state[id(lookup)] = (lookup, self._indexed(lookup))
        indexed = self._by_last_state[id(lookup)][1]
        action, intent = _last_of(states[-1])
        wanted = {(a, i) for a in (action, None) for i in (intent, None)}
        tried = {key: lookup[key] for pair in wanted for key in indexed.get(pair, ())}
        return set(super()._get_possible_keys(tried, states))

    def _indexed(self, lookup: dict[str, str]) -> dict[_Last, list[str]]:
        """The rules by what happened last in them."""
        indexed: dict[_Last, list[str]] = {}
        for key in lookup:
            indexed.setdefault(_last_of(self._rule_key_to_state(key)[-1]), []).append(key)
        return indexed

    def format_tracker_states(self, states: list[dict[str, Any]]) -> Any:
        """Nothing: Rasa writes the states out for a log line, and copies that, at every turn."""
        del states

    @cached_property
    def _by_last_state(self) -> dict[int, tuple[dict[str, str], dict[_Last, list[str]]]]:
        return {}

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


def _last_of(state: dict[str, Any]) -> _Last:
    """The action and the intent of a state; None for what a rule leaves open, or must be absent.

    A state without an action is a beginning, whatever else stands in it.
    """
    named = (state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT))
    action, intent = (None if one == SHOULD_NOT_BE_SET else one or None for one in named)
    return (action, intent) if action else (None, None)


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
