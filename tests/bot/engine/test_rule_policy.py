"""Of many rules only some are tried; what holds is what Rasa finds by trying all."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy

from bot.engine.rule_policy import RecentRulePolicy

_ACTIONS = (None, "action_listen", "action_answer", "__unset__")
_INTENTS = (None, "greet", "faq", "__unset__")
_LOOPS = (None, "check", "__unset__")


def _state(action: str | None, intent: str | None, loop: str | None) -> dict[str, Any]:
    state = {
        "prev_action": {"action_name": action},
        "user": {"intent": intent},
        "active_loop": {"name": loop},
    }
    return {name: part for name, part in state.items() if None not in part.values()}


def test_rules_that_hold_are_those_that_rasa_finds() -> None:
    every = [_state(*parts) for parts in product(_ACTIONS, _INTENTS, _LOOPS)]
    before = _state("action_answer", None, None)
    rules = {json.dumps(states): "x" for last in every for states in ([last], [before, last])}
    ours, theirs = (kind.__new__(kind) for kind in (RecentRulePolicy, RulePolicy))

    found = 0
    for first, last in product((before, every[0]), every):
        held = ours._get_possible_keys(rules, [first, last])
        assert held == theirs._get_possible_keys(rules, [first, last])
        found += len(held)

    assert found > len(every)
