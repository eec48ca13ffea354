"""Events are told apart as `isinstance` tells them apart."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, Event, LegacyForm, Restarted, SlotSet

from bot.engine.event_kinds import is_kind, remember_kinds

_EVENTS = (ActionExecuted("action_listen"), LegacyForm("check"), Restarted(), SlotSet("page"), None)


@pytest.mark.parametrize("event", _EVENTS, ids=repr)
@pytest.mark.parametrize("kinds", [(ActionExecuted,), (LegacyForm.__base__, Restarted), (SlotSet,)])
def test_is_kind_says_what_isinstance_says(event: Event | None, kinds: tuple[type, ...]) -> None:
    assert is_kind(event, *kinds) is isinstance(event, kinds)


def test_remembered_kinds_are_those_of_rasa() -> None:
    remember_kinds()

    assert [Event.resolve_by_type(name) for name in ("slot", "restart", "slot")] == [
        SlotSet,
        Restarted,
        SlotSet,
    ]
    with pytest.raises(ValueError, match="Unknown event name 'nothing'"):
        Event.resolve_by_type("nothing")
