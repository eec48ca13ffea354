"""What must hold between the texts, the facts and the labels before anything is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import LANGUAGES
from bot.texts.responses import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.facts.calls import Call, Facts
    from bot.texts.responses import Response


def check_texts(
    responses: Mapping[str, Response],
    labels: Collection[str],
    facts: Facts,
    runtime_values: Collection[str],
) -> None:
    """Refuse, as a DataError, the first text that could not be shown as it should."""
    for response in responses.values():
        _check_choices(response, labels)
        for part in (response, response.more):
            if part is not None:
                _check_sources_exist(part, facts)
        for call in facts.calls:
            _check_facts(response, facts, call, runtime_values)
            if response.more and not lacking(response.more, facts, call, runtime_values):
                _check_facts(response.more, facts, call, runtime_values)
        if response.more:
            _check_some_call_fills(response.more, facts, runtime_values)


def lacking(
    response: Response, facts: Facts, call: Call, runtime_values: Collection[str]
) -> list[str]:
    """Return the placeholders of a response that neither a fact of the call nor a value fills."""
    missing: set[str] = set()
    for code, by_phase in response.words.items():
        names = {name for text in by_phase.values() for name in PLACEHOLDER.findall(text)}
        missing |= names - facts.in_language(code, call).keys()
    return sorted(missing.difference(runtime_values))


def _check_choices(response: Response, labels: Collection[str]) -> None:
    spoken = set(response.words) == set(LANGUAGES)
    for ids in response.choices.values():
        for id_ in ids:
            if not spoken or id_ not in labels:
                cause = f"the choice '{id_}' has no label in its languages"
                response.section.refuse(cause, "Add the label, or leave the choice out")


def _check_sources_exist(response: Response, facts: Facts) -> None:
    for name in response.sources:
        if name not in facts.sources:
            remedy = f"Use one of {', '.join(sorted(facts.sources))}"
            response.section.refuse(f"its source '{name}' is not known", remedy)


def _check_facts(
    response: Response, facts: Facts, call: Call, runtime_values: Collection[str]
) -> None:
    missing = lacking(response, facts, call, runtime_values)
    if missing:
        remedy = f"Correct the name, or add '{missing[0]}' to the facts of the call {call.id}"
        response.section.refuse(f"no fact or value fills {{{missing[0]}}}", remedy)
    for name in sorted(response.placeholders() - set(runtime_values)):
        fact = facts.origin(name, call)
        if fact and response.sources and not set(fact.sources) & set(response.sources):
            named = " and ".join(response.sources)
            cause = f"{{{name}}} comes from {', '.join(fact.sources)}, but the text names {named}"
            remedy = f"Name that source too, or give the call {call.id} a source of its own"
            response.section.refuse(cause, f"{remedy} under the id of one that is named")


def _check_some_call_fills(
    response: Response, facts: Facts, runtime_values: Collection[str]
) -> None:
    gaps = [lacking(response, facts, call, runtime_values) for call in facts.calls]
    if all(gaps):
        remedy = "Correct the name, or add the fact to the facts file"
        response.section.refuse(f"no fact or value fills {{{gaps[0][0]}}}", remedy)
