"""What Rasa says, stock or ours, read as an answer."""

from __future__ import annotations

from typing import Any

import pytest

from bot.comparison.exchange import Answer
from bot.comparison.rasa_peer import our_answer, stock_answer


def ranked(**shares: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": share} for name, share in shares.items()]


def stock(intent: str, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    topics = [
        {"intent_response_key": "faq/deadline", "confidence": 0.75},
        {"intent_response_key": "faq/amounts", "confidence": 0.25},
    ]
    return {
        "intent": {"name": intent},
        "intent_ranking": ranking,
        "response_selector": {"default": {"ranking": topics}},
    }


def test_a_topic_has_its_share_of_its_intent() -> None:
    answer = stock_answer(stock("faq", ranked(faq=0.5, greet=0.25)))

    assert answer == Answer(
        (("faq/deadline", 0.375), ("faq/amounts", 0.125), ("greet", 0.25)), "sure"
    )


def test_another_intent_comes_before_the_topics_when_it_is_the_best() -> None:
    answer = stock_answer(stock("greet", ranked(greet=0.5, faq=0.5)))

    assert answer.ranking[:2] == (("greet", 0.5), ("faq/deadline", 0.375))


def test_what_rasa_does_not_understand_is_declined_with_its_ranking() -> None:
    answer = stock_answer(stock("nlu_fallback", ranked(nlu_fallback=0.75, faq=0.25, greet=0.125)))

    assert answer == Answer(
        (("faq/deadline", 0.1875), ("faq/amounts", 0.0625), ("greet", 0.125)), "out_of_scope"
    )


def test_stock_rasa_declines_what_it_finds_out_of_scope() -> None:
    assert stock_answer(stock("out_of_scope", ranked(out_of_scope=1.0))).outcome == "out_of_scope"


@pytest.mark.parametrize(
    ("intent", "outcome"),
    [("faq", "sure"), ("nlu_fallback", "unsure"), ("out_of_scope", "out_of_scope")],
)
def test_ours_answers_asks_back_or_declines(intent: str, outcome: str) -> None:
    ranking = [{"name": "faq/deadline", "confidence": 0.5}, {"name": "greet", "confidence": 0.25}]
    parsed = {
        "text": "deadline?",
        "intent": {"name": intent},
        "intent_ranking": ranking,
        "entities": [{"entity": "language"}],
    }

    assert our_answer(parsed) == Answer((("faq/deadline", 0.5), ("greet", 0.25)), outcome)


@pytest.mark.parametrize(
    ("text", "entities"), [("???", []), ("Guten Tag", [{"entity": "other_language"}])]
)
def test_ours_ranks_the_refusal_first_where_the_words_were_not_the_reason(
    text: str, entities: list[dict[str, str]]
) -> None:
    parsed = {
        "text": text,
        "intent": {"name": "out_of_scope"},
        "intent_ranking": ranked(greet=0.5),
        "entities": entities,
    }

    assert our_answer(parsed).ranking == (("out_of_scope", 1.0), ("greet", 0.5))
