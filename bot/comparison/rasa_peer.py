"""Rasa as a peer: the stock one of `rasa init`, and ours, which is Rasa with our own parts.

Run in the environment of the one that is meant: `python -m bot.comparison.rasa_peer`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.comparison.exchange import Answer, ask_all, write_answered
from bot.comparison.stock_project import FALLBACK, RETRIEVED, make_project
from bot.nlu.decision import OUT_OF_SCOPE, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MODEL = "model"
OTHER_LANGUAGE = "other_language"


def main(arguments: list[str]) -> int:
    """`train EPOCHS EXAMPLES FOLDER`, or `answer|answer-ours FOLDER MESSAGES ANSWERS`."""
    act, *rest = arguments
    if act == "train":
        epochs, *rest = rest
        examples, folder = _places(rest)
        _train(examples, folder, int(epochs))
    else:
        _answer(stock_answer if act == "answer" else our_answer, *_places(rest))
    return 0


def stock_answer(parsed: Mapping[str, Any]) -> Answer:
    """What stock Rasa would do: answer, or say that it did not understand.

    The share of a topic is its intent's times its own among the topics.
    """
    topics = [
        (row["intent_response_key"], row["confidence"])
        for row in parsed["response_selector"]["default"]["ranking"]
    ]
    ranking = []
    for row in parsed["intent_ranking"]:
        inside = [one for one in topics if one[0].partition(RETRIEVED)[0] == row["name"]]
        if row["name"] != FALLBACK:
            found = [(topic, share * row["confidence"]) for topic, share in inside]
            ranking += found or [(row["name"], row["confidence"])]
    # The best intent decides, also where another one has more than each of its topics.
    best = next(row["name"] for row in parsed["intent_ranking"] if row["name"] != FALLBACK)
    ranking.sort(key=lambda pair: (pair[0].partition(RETRIEVED)[0] != best, -pair[1]))
    declined = parsed["intent"]["name"] in {FALLBACK, OUT_OF_SCOPE}
    return Answer(tuple(ranking), "out_of_scope" if declined else "sure")


def our_answer(parsed: Mapping[str, Any]) -> Answer:
    """What our assistant does: answer, ask "did you mean", or say that it cannot answer this."""
    ranking = [(row["name"], row["confidence"]) for row in parsed.get("intent_ranking") or []]
    other = any(entity["entity"] == OTHER_LANGUAGE for entity in parsed["entities"])
    if says_nothing(parsed["text"]) or other:
        ranking.insert(0, (OUT_OF_SCOPE, 1.0))
    outcomes = {FALLBACK: "unsure", OUT_OF_SCOPE: "out_of_scope"}
    return Answer(tuple(ranking), outcomes.get(parsed["intent"]["name"], "sure"))


def _places(arguments: list[str]) -> list[Path]:
    return [Path(one).resolve() for one in arguments]


def _train(examples: Path, folder: Path, epochs: int) -> None:
    import rasa.api

    project = folder / "project"
    make_project(project, json.loads(examples.read_text(encoding="utf-8")), epochs)
    os.chdir(project)  # Rasa looks for its other files here
    rasa.api.train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data"],
        output=str(folder),
        force_training=True,
        fixed_model_name=MODEL,
    )


def _answer(
    read: Callable[[Mapping[str, Any]], Answer], folder: Path, messages: Path, answers: Path
) -> None:
    if read is our_answer:
        from bot.late_imports import put_off  # as our server does at its start

        put_off()
    from rasa.core.agent import Agent

    agent = Agent.load(str(folder / f"{MODEL}.tar.gz"))
    loop = asyncio.new_event_loop()

    def understand(text: str, _language: str) -> Answer:
        return read(loop.run_until_complete(agent.parse_message(text)))

    told = json.loads(messages.read_text(encoding="utf-8"))
    write_answered(ask_all(understand, told), answers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
