"""Vectors are computed beside the event loop, each once, and no more of them than can matter."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.channels import understanding
from bot.channels.understanding import Understanding
from bot.engine.lean_processor import LeanProcessor
from bot.nlu.sentence_encoder import encode_pieces, pieces_of

if TYPE_CHECKING:
    import numpy as np
    from rasa.core.agent import Agent

_QUESTION = "Wie kon een voorstel indienen?"
_VAGUE = "Voilà, xq zz. Alles staat stil"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (_QUESTION, [_QUESTION]),
        (f"Goeiemorgen, {_QUESTION} Alvast bedankt", [_QUESTION]),
        (f"{_VAGUE}. Wat kan da zijn?", [f"{_VAGUE}. Wat kan da zijn?", "Wat kan da zijn?"]),
    ],
)
async def test_every_vector_is_computed_in_the_networks_thread(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, text: str, parts: list[str]
) -> None:
    computed: list[tuple[tuple[int, ...], str]] = []

    def encode(pieces: tuple[int, ...]) -> np.ndarray:
        computed.append((pieces, threading.current_thread().name))
        return encode_pieces(pieces)

    monkeypatch.setattr(understanding, "encode_pieces", encode)
    monkeypatch.setattr(agent, "processor", LeanProcessor.of(agent.processor))
    ours = Understanding(agent)

    try:
        parsed = await ours.finish(ours.begin(text))
    finally:
        ours.close()

    assert computed == [(pieces_of(part), "network_0") for part in parts]
    assert parsed["text"] == text
