"""Understanding: a visitor's text in, what it means out.

Free text never passes Rasa's `/intent{...}` parser.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rasa.core.channels.channel import UserMessage

from bot.nlu.sentence_encoder import encode_pieces, pieces_of

if TYPE_CHECKING:
    import numpy as np
    from rasa.core.agent import Agent

    from bot.nlu.catalogue_model import CatalogueModel

# The parser takes a leading slash for a command; visitors mean it as text.
_COMMAND_MARKS: Final = re.compile(r"^[/\s]+")


@dataclass(frozen=True)
class Begun:
    """A text whose first meaning scores are on their way; its words are what is read of it."""

    text: str
    words: str
    first: str  # the part of the words that they are of
    meaning: Future[np.ndarray]


class Understanding:
    """The network has a thread of its own, beside the event loop: a vector, and what it is near to.

    It leaves the interpreter to the loop, which meanwhile reads the words, or does something for
    another visitor. Reading words in one more thread would only make both wait for the
    interpreter, and wake each other for each message.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._network = ThreadPoolExecutor(1, thread_name_prefix="network")

    def close(self) -> None:
        """Let the thread end."""
        self._network.shutdown(wait=False, cancel_futures=True)

    def begin(self, text: str) -> Begun:
        """Have the network begin; what else a turn needs is done meanwhile."""
        words = _COMMAND_MARKS.sub("", text) or "?"
        first = self._agent.processor.catalogue.judged_first(words)
        return Begun(text, words, first, self._compared(first))

    async def finish(self, begun: Begun) -> dict[str, Any]:
        """What the text means, as Rasa's parse data."""

        async def compare(part: str) -> np.ndarray:
            promised = begun.meaning if part == begun.first else self._compared(part)
            return await asyncio.wrap_future(promised)

        parsed: dict[str, Any] = await self._agent.processor.parse_in_steps(
            UserMessage(begun.words), compare
        )
        return parsed

    def _compared(self, part: str) -> Future[np.ndarray]:
        catalogue: CatalogueModel = self._agent.processor.catalogue

        def compare(pieces: tuple[int, ...]) -> np.ndarray:
            return catalogue.meaning_scores(encode_pieces(pieces))

        # Its pieces are cut here: the other thread would first have to wait for the interpreter.
        return self._network.submit(compare, pieces_of(part))
