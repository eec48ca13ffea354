"""Runs the trained graph by calling its nodes in order.

Rasa hands the graph to dask, which plans it anew for every message and every prediction: a tenth of
a turn, for six nodes in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence

_Component = TypeVar("_Component")


class SequentialGraphRunner(DaskGraphRunner):
    """A `GraphRunner` that plans each target once and then only calls its nodes."""

    @classmethod
    def of(cls, runner: DaskGraphRunner) -> SequentialGraphRunner:
        """The same nodes, already loaded, in a runner of this kind."""
        own = cls.__new__(cls)
        own.__dict__.update(runner.__dict__ | {"_plans": {}})
        return own

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: dict[tuple[str, ...], list[str]] = {}

    def run(
        self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Run the nodes that the targets need; return the targets' outputs by name.

        Raises:
            GraphRunError: an input is named as a node, or a node failed.
        """
        wanted, outputs = self._begun(inputs, targets)
        for name in self._plans[wanted]:
            self._call(name, outputs)
        return {name: outputs[name] for name in wanted}

    async def run_in_steps(
        self,
        inputs: Mapping[str, Any],
        targets: Sequence[str],
        answer: Callable[[Any], Awaitable[Any]],
    ) -> dict[str, Any]:
        """As `run`; of a component that has `in_steps`, that is run: a generator.

        What it yields is given to `answer`, and until that is answered others may run.

        Raises:
            GraphRunError: an input is named as a node, or a node failed.
            Exception: what `answer` or a generator raises.
        """
        wanted, outputs = self._begun(inputs, targets)
        for name in self._plans[wanted]:
            in_steps = getattr(self._component(name), "in_steps", None)
            if in_steps is None:
                self._call(name, outputs)
            else:
                needs = self._graph_schema.nodes[name].needs.values()
                outputs[name] = await _answered(in_steps(*[outputs[n] for n in needs]), answer)
        return {name: outputs[name] for name in wanted}

    def component(self, kind: type[_Component]) -> _Component:
        """The first component of this class.

        Raises:
            LookupError: the graph has none.
        """
        for name in self._instantiated_nodes:
            found = self._component(name)
            if isinstance(found, kind):
                return found
        raise LookupError(f"The graph has no {kind.__name__}: look at config.yml.")

    def _component(self, name: str) -> object:
        return getattr(self._instantiated_nodes[name], "_component", None)

    def _begun(
        self, inputs: Mapping[str, Any] | None, targets: Sequence[str] | None
    ) -> tuple[tuple[str, ...], dict[str, Any]]:
        wanted = tuple(targets or self._graph_schema.target_names)
        given = dict(inputs or {})
        clashing = given.keys() & self._graph_schema.nodes.keys()
        if clashing:
            raise GraphRunError(f"Inputs are named as nodes of the graph are: {sorted(clashing)}.")
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        return wanted, given

    def _call(self, name: str, outputs: dict[str, Any]) -> None:
        needs = self._graph_schema.nodes[name].needs.values()
        found = [(need, outputs[need]) for need in needs if need in outputs]
        try:
            outputs[name] = self._instantiated_nodes[name](*found)[1]
        except RuntimeError as error:
            raise GraphRunError(f"The node {name} of the graph failed.") from error

    def _plan(self, targets: Sequence[str]) -> list[str]:
        """The nodes behind the targets, each after those that it needs."""
        order: list[str] = []

        def visit(name: str) -> None:
            if name in order or name not in self._graph_schema.nodes:
                return
            for need in self._graph_schema.nodes[name].needs.values():
                visit(need)
            order.append(name)

        for target in targets:
            visit(target)
        return order


async def _answered(
    steps: Generator[Any, Any, Any], answer: Callable[[Any], Awaitable[Any]]
) -> Any:
    try:
        asked = next(steps)
        while True:
            asked = steps.send(await answer(asked))
    except StopIteration as end:
        return end.value
