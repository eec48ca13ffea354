"""The nodes of a graph are called in order, as Rasa's own runner calls them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.engine.graph_runner import SequentialGraphRunner


class Vector:
    """The component of the node that waits."""


class Reader:
    """A component that can do something before."""

    def __init__(self, called: list[str]) -> None:
        self._called = called

    def read_ahead(self, given: str) -> None:
        """Remember what it was given."""
        self._called.append(f"ahead {given}")


class Node:
    """Adds its name to what it is given."""

    def __init__(self, name: str, called: list[str]) -> None:
        self._name = name
        self._called = called
        self._component = Reader(called) if name == "label" else None

    def __call__(self, *given: tuple[str, Any]) -> tuple[str, Any]:
        """Its name, and what it made of what it was given."""
        self._called.append(self._name)
        if self._name == "broken":
            raise RuntimeError("no")
        return self._name, "".join(output for _, output in given) + self._name[0]


NEEDS: dict[str, list[str]] = {
    "words": ["message"],
    "vector": ["message"],
    "broken": ["words"],
    "label": ["words", "vector"],
    "action": ["tracker"],
}


def _runners() -> tuple[SequentialGraphRunner, DaskGraphRunner, list[str]]:
    called: list[str] = []
    rasas = DaskGraphRunner.__new__(DaskGraphRunner)
    nodes = {
        name: SchemaNode(
            dict(zip("ab", needs, strict=False)),
            Vector if name == "vector" else Node,
            "create",
            "run",
            {},
        )
        for name, needs in NEEDS.items()
    }
    rasas._graph_schema = GraphSchema(nodes)
    rasas._instantiated_nodes = {name: Node(name, called) for name in NEEDS}
    rasas._execution_context = None
    return SequentialGraphRunner.of(rasas), rasas, called


def test_outputs_are_those_of_rasas_runner() -> None:
    ours, rasas, _ = _runners()
    inputs = {"message": "M", "tracker": "T"}

    for targets in (["label"], ["action"], ["label", "action"]):
        assert ours.run(inputs, targets) == rasas.run(inputs, targets)


def test_only_what_the_target_needs_is_called_each_once_and_in_order() -> None:
    ours, _, called = _runners()

    assert ours.run({"message": "M"}, ["label"]) == {"label": "MwMvl"}
    assert called == ["words", "vector", "label"]


async def test_others_run_until_a_node_is_ready() -> None:
    ours, _, called = _runners()
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    run = asyncio.create_task(ours.run_until_ready({"message": "M"}, ["label"], Vector, ready))
    await asyncio.sleep(0)
    before = list(called)

    ready.set_result(None)

    assert await run == {"label": "MwMvl"}
    assert before == ["words", "ahead M"]
    assert called == ["words", "ahead M", "vector", "label"]


async def test_what_is_not_made_ready_ends_the_run() -> None:
    ours, _, called = _runners()
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    ready.set_exception(OSError("no vector"))

    with pytest.raises(OSError, match="no vector"):
        await ours.run_until_ready({"message": "M"}, ["label"], Vector, ready)

    assert called == ["words", "ahead M"]


def test_one_run_leaves_nothing_for_the_next() -> None:
    ours, _, _ = _runners()
    ours.run({"message": "M"}, ["label"])

    assert ours.run({"message": "N"}, ["label"]) == {"label": "NwNvl"}


def test_an_input_named_as_a_node_is_refused() -> None:
    ours, _, _ = _runners()

    with pytest.raises(GraphRunError, match="label"):
        ours.run({"label": "x"}, ["action"])


def test_a_node_that_fails_is_named() -> None:
    ours, _, _ = _runners()

    with pytest.raises(GraphRunError, match="broken"):
        ours.run({"message": "M"}, ["broken"])
