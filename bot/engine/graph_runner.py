"""Runs the trained graph by calling its nodes in order.

Rasa hands the graph to dask, which plans it anew for every message and every prediction: a tenth of
a turn, for six nodes in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence


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

    async def run_until_ready(
        self,
        inputs: Mapping[str, Any],
        targets: Sequence[str],
        component: type,
        ready: Awaitable[object],
    ) -> dict[str, Any]:
        """As `run`; before this component's node others may run, until what it needs is ready.

        Those behind it that can `read_ahead` do so first, with what this component gets.

        Raises:
            GraphRunError: an input is named as a node, or a node failed.
            Exception: what `ready` raises.
        """
        wanted, outputs = self._begun(inputs, targets)
        plan = self._plans[wanted]
        for place, name in enumerate(plan):
            if self._graph_schema.nodes[name].uses is component:
                self._read_ahead(plan[place:], outputs)
                await ready
            self._call(name, outputs)
        return {name: outputs[name] for name in wanted}

    def _read_ahead(self, names: Sequence[str], outputs: Mapping[str, Any]) -> None:
        given = [outputs[need] for need in self._graph_schema.nodes[names[0]].needs.values()]
        for name in names:
            component = getattr(self._instantiated_nodes[name], "_component", None)
            ahead = getattr(component, "read_ahead", None)
            if ahead:
                ahead(*given)

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
