"""Visitors who ask what visitors ask, and check that the answers are for them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.languages import LANGUAGES
from bot.settings import PROJECT
from bot.trial.client import Client, RefusedError, Visit
from bot.trial.server import milliseconds_since

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SENTENCES: Final = PROJECT / "tests" / "visitor_messages"


def read_sentences() -> dict[str, list[str]]:
    """Real sentences of visitors by language; the first column of each line of their files."""
    return {
        code: [
            line.partition("\t")[0]
            for line in (SENTENCES / f"{code}.tsv").read_text("utf-8").splitlines()[1:]
        ]
        for code in LANGUAGES
    }


@dataclass
class Visitor:
    """One visitor, unlike any other by its number, with a line of its own to the server."""

    number: int
    url: str
    sentences: Mapping[str, Sequence[str]]
    turns: int
    until: float = float("inf")  # a reading of time.monotonic() after which no turn begins
    milliseconds: list[float] = field(default_factory=list)

    def visit(self) -> list[str]:
        """Ask, and look whether the conversation is one's own; returns what was wrong with it."""
        client = Client(self.url)
        try:
            return self._visit(client)
        except (OSError, RefusedError) as error:
            return [f"visitor {self.number}: {error!r}"]
        finally:
            client.close()

    def _visit(self, client: Client) -> list[str]:
        language = list(LANGUAGES)[self.number % len(LANGUAGES)]
        visit = Visit(client, language)
        said: list[str] = []
        heard = [message["id"] for message in visit.last]
        for turn in range(self.turns):
            if time.monotonic() >= self.until:
                break
            said.append(self._sentence(turn, language))
            started = time.perf_counter()
            answers = visit.say(said[-1], f"visitor-{self.number}-{turn}")
            self.milliseconds.append(milliseconds_since(started))
            heard += [message["id"] for message in answers]
        history = visit.history()
        return self._faults(
            said,
            [message["text"] for message in history if message["sender"] == "visitor"],
            heard,
            [message["id"] for message in history if message["sender"] == "assistant"],
        )

    def _sentence(self, turn: int, language: str) -> str:
        """A sentence that holds who asks: nobody else says exactly this.

        The mark is short: in brackets it would have the encoder read a quarter more than visitors
        write (18 pieces for 14, where a bare number makes 15).
        """
        sentences = self.sentences[language]
        sentence = sentences[(self.number * 31 + turn * 7) % len(sentences)]
        return f"{sentence} {self.number}"

    def _faults(
        self, said: list[str], kept: list[str], heard: list[str], answered: list[str]
    ) -> list[str]:
        faults = []
        if kept != said:
            faults.append(f"visitor {self.number} said {said}, but {kept} was kept")
        if answered != heard:
            faults.append(f"visitor {self.number} heard {heard}, but {answered} was kept")
        return faults
