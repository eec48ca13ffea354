"""Where the custom actions run: in the server's own process, or on an action server."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterable, Sequence
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

import rasa_sdk.interfaces
from aiohttp import ClientConnectionError, ClientError, ClientTimeout
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker

# How long the readiness check waits for the action server.
_HEALTH_SECONDS: Final = 2.0


def check_schema_once() -> None:
    """Have Rasa read the schema of what actions return once in this process.

    It would check the schema itself at every action, which takes longer than all the rest of a
    turn, and try each event on the schemas of all two dozen kinds. What an action returns is held
    to it as before.
    """
    schema = copy.deepcopy(RemoteAction.action_response_format_spec())
    Draft202012Validator.check_schema(schema)
    event_schema = schema["properties"]["events"]["items"]
    kinds = {
        one["properties"]["event"]["const"]: Draft202012Validator(one)
        for one in event_schema.pop("oneOf")
    }
    validator = Draft202012Validator(schema)

    def validate(action: RemoteAction, result: Any) -> bool:  # noqa: ARG001 - a method of actions
        validator.validate(result)
        for event in result.get("events", ()):
            if event["event"] not in kinds:
                raise ValidationError(f"{event['event']!r} is no kind of event that Rasa knows")
            kinds[event["event"]].validate(event)
        return True

    RemoteAction._validate_action_result = validate  # noqa: SLF001 - Rasa has no setting for it


def hand_over_what_is_read() -> None:
    """Have Rasa hand a conversation to actions in this process as it is.

    It would write out all events and the whole domain at every action, as for an action server;
    most actions read the last few.
    """
    RemoteAction._action_call_format = _call  # noqa: SLF001 - Rasa has no setting for it


_CALL_OF_A_SERVER: Final = RemoteAction._action_call_format  # noqa: SLF001


def _call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    if not isinstance(action.action_endpoint, InProcessActions):
        call: dict[str, Any] = _CALL_OF_A_SERVER(action, tracker, domain)
        return call
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state() | {"events": WrittenEvents(tracker.events)},
        "domain": action.action_endpoint.written(domain),
    }


class WrittenEvents(Sequence[Any]):
    """Events as an action server would get them; each is written out when it is read."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = list(events)

    def __len__(self) -> int:
        """How many events there are."""
        return len(self._events)

    def __getitem__(self, place: int | slice) -> Any:
        """One event as a dictionary, or several in a list."""
        if isinstance(place, slice):
            return [one.as_dict() for one in self._events[place]]
        return self._events[place].as_dict()


class ActionServerUnreachableError(ConnectionError):
    """The action server does not answer; the address says which."""


class InProcessActions(EndpointConfig):
    """Runs the actions of a package by a function call instead of over HTTP.

    An `async` action runs on the event loop, as the rules do: handing it to a thread and back would
    take longer than most of them. Any other may wait for something: it runs in a thread.
    """

    def __init__(self, package: str = "actions") -> None:
        super().__init__()
        self.executor = ActionExecutor()
        self.executor.register_package(package)
        self._domain: tuple[Domain, dict[str, Any]] | None = None

    async def is_reachable(self) -> bool:
        """Always: they are in this process."""
        return True

    async def request(
        self,
        method: str = "post",  # noqa: ARG002 - the signature of an HTTP endpoint
        subpath: str | None = None,  # noqa: ARG002
        content_type: str | None = "application/json",  # noqa: ARG002
        compress: bool = False,  # noqa: ARG002, FBT001, FBT002
        **kwargs: Any,
    ) -> Any:
        """Run the action named in the call.

        Raises:
            ActionExecutionRejection: the action left the turn to others.
            Exception: whatever the action raised.
        """
        call = kwargs["json"]
        waits = not iscoroutinefunction(self.executor.actions.get(call["next_action"]))
        try:
            if waits:
                return await asyncio.to_thread(asyncio.run, self.executor.run(call))
            return await self.executor.run(call)
        except rasa_sdk.interfaces.ActionExecutionRejection as rejection:
            # An action server would say this by a status, which Rasa turns into the same.
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection

    def written(self, domain: Domain) -> dict[str, Any]:
        """The domain as an action server would get it; written out once."""
        if self._domain is None or self._domain[0] is not domain:
            self._domain = (domain, domain.as_dict())
        return self._domain[1]


class RemoteActions(EndpointConfig):
    """An action server elsewhere (`rasa run actions`), by its address."""

    async def is_reachable(self) -> bool:
        """Whether the action server answers its health check."""
        address = urljoin(self.url, "/health")
        try:
            async with (
                self.session() as session,
                session.get(address, timeout=ClientTimeout(_HEALTH_SECONDS)) as answer,
            ):
                return bool(answer.ok)
        except (ClientError, OSError, asyncio.TimeoutError):
            return False

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Call the action server.

        Raises:
            ActionServerUnreachableError: it does not answer.
        """
        try:
            return await super().request(*args, **kwargs)
        except ClientConnectionError as error:
            message = f"The action server {self.url} does not answer ({error}): is it running?"
            raise ActionServerUnreachableError(message) from error
