"""The nodes of a graph are called in order, as Rasa's own runner calls them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.engine.graph_runner import SequentialGraphRunner

if TYPE_CHECKING:
    from collections.abc import Generator


class Asking:
    """A component that asks for something twice."""

    def __init__(self, called: list[str]) -> None:
        self._called = called

    def in_steps(self, words: str, vector: str) -> Generator[str, str, str]:
        """Put together what it was given and told."""
        self._called.append("asks")
        first = yield "first"
        second = yield "second"
        return words + vector + first + second


class Node:
    """Adds its name to what it is given."""

    def __init__(self, name: str, called: list[str]) -> None:
        self._name = name
        self._called = called
        self._component = Asking(called) if name == "label" else None

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
            Node,
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


async def test_others_run_until_a_component_is_answered() -> None:
    ours, _, called = _runners()
    promised: dict[str, asyncio.Future[str]] = {
        name: asyncio.get_running_loop().create_future() for name in ("first", "second")
    }

    async def answer(asked: str) -> str:
        called.append(asked)
        return await promised[asked]

    run = asyncio.create_task(ours.run_in_steps({"message": "M"}, ["label"], answer))
    await asyncio.sleep(0)
    before = list(called)
    promised["first"].set_result("1")
    promised["second"].set_result("2")

    assert await run == {"label": "MwMv12"}
    assert before == ["words", "vector", "asks", "first"]
    assert called == [*before, "second"]


async def test_what_is_not_answered_ends_the_run() -> None:
    ours, _, called = _runners()

    async def answer(asked: str) -> str:
        raise OSError(f"no {asked}")

    with pytest.raises(OSError, match="no first"):
        await ours.run_in_steps({"message": "M"}, ["label"], answer)

    assert called == ["words", "vector", "asks"]


def test_component_is_found_by_its_class() -> None:
    ours, _, _ = _runners()

    assert isinstance(ours.component(Asking), Asking)
    with pytest.raises(LookupError, match="no Node: look at config.yml"):
        ours.component(Node)


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
