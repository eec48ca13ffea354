"""Understanding beside the event loop: a visitor's text in, what it means out.

Free text never passes Rasa's `/intent{...}` parser.
"""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rasa.core.channels.channel import UserMessage

from bot.nlu.sentence_encoder import VECTOR, encode

if TYPE_CHECKING:
    import numpy as np
    from rasa.core.agent import Agent

# The parser takes a leading slash for a command; visitors mean it as text.
_COMMAND_MARKS: Final = re.compile(r"^[/\s]+")


@dataclass(frozen=True)
class Begun:
    """A text of which the vector is on its way; its words are what is read of it."""

    text: str
    words: str
    vector: Future[np.ndarray]


class Understanding:
    """Two threads: the network computes vectors, and meanwhile the other one reads the words.

    The network leaves the interpreter to others, so that on two cores both work at once. More
    threads of either kind would only wait for each other.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._network = ThreadPoolExecutor(1, thread_name_prefix="network")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="understanding")

    def close(self) -> None:
        """Let both threads end."""
        for pool in (self._network, self._reading):
            pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, text: str) -> Begun:
        """Have the vector computed from now on; what else a turn needs is done meanwhile."""
        words = _COMMAND_MARKS.sub("", text) or "?"
        return Begun(text, words, self._network.submit(encode, words))

    async def finish(self, begun: Begun) -> dict[str, Any]:
        """What the text means, as Rasa's parse data."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reading, self._parse, begun)

    def _parse(self, begun: Begun) -> dict[str, Any]:
        message = UserMessage(begun.words, metadata={VECTOR: begun.vector})
        # parse_message is declared async but never waits, so its first step is its last.
        try:
            self._agent.processor.parse_message(message).send(None)
        except StopIteration as done:
            parsed: dict[str, Any] = done.value
            return parsed
        raise RuntimeError("understanding waited for something")
