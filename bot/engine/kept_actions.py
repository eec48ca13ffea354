"""Actions made once: Rasa makes all of its own anew, whenever it looks one up by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import rasa.core.actions.action as rasa_actions
from rasa.core.actions.action import ActionRetrieveResponse

if TYPE_CHECKING:
    from rasa.core.actions.action import Action
    from rasa.shared.core.domain import Domain
    from rasa.utils.endpoints import EndpointConfig

_MADE: Final = rasa_actions.action_for_name_or_text


def keep_actions() -> None:
    """Have Rasa take an action that it has made before: what an action is told, it is told anew."""
    rasa_actions.action_for_name_or_text = _Kept()


class _Kept:
    """The actions of one domain and one endpoint; asked for those of another, it begins anew."""

    def __init__(self) -> None:
        self._of: tuple[Domain, EndpointConfig | None] | None = None
        self._actions: dict[str, Action] = {}

    def __call__(self, name: str, domain: Domain, endpoint: EndpointConfig | None) -> Action:
        if self._of is None or self._of[0] is not domain or self._of[1] is not endpoint:
            self._of, self._actions = (domain, endpoint), {}
        action = self._actions.get(name)
        if action is None:
            action = self._actions[name] = _MADE(name, domain, endpoint)
        # This one remembers which answer it gives, until it is told that it gave it.
        keeps_nothing = not isinstance(action, ActionRetrieveResponse)
        return action if keeps_nothing else ActionRetrieveResponse(name)
