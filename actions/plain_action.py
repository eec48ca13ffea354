"""The frame of every action that is one function: its name in domain.yml, and what it does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from rasa_sdk import Action

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


class PlainAction(Action, ABC):
    """An action named `called` that does `act`; the executor finds its subclasses."""

    called: ClassVar[str]

    @staticmethod
    @abstractmethod
    def act(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say what there is to say; returns what the conversation remembers of it."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return self.called

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Do it; it never waits, and so runs on the event loop."""
        return self.act(dispatcher, tracker)
