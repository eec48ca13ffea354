"""What a message is while a question is open: an answer, a wish, a question back, or unreadable.

Pure: decides from what was understood, says nothing and changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(Enum):
    """The ways a message can go on."""

    CHOICE = "choice"  # a button with a value
    COMMAND = "command"  # stop, back, explain ...: about the interview itself
    ASIDE = "aside"  # something else to answer first; the open question comes back
    ANSWER = "answer"  # what was asked
    TOLD = "told"  # not what was asked, but the answer to another question
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Heard:
    """A message as it was understood while a question was open."""

    text: str
    label: str  # the catalogue label
    confidence: float
    answered: bool  # the open question could be read from it, "I do not know" included
    free: bool  # the open question takes any words: what is typed is the answer
    expected: bool  # its label is how answers to this question are often understood
    told: Mapping[str, Any]  # answers to other questions
    choice: Mapping[str, Any]  # the values of a tapped button


COMMANDS: Final = frozenset(
    {
        "stop",
        "restart",
        "go_back",
        "explain",
        "repeat",
        "change_language",
        "contact_human",
        "report_incident",
    }
)
# Meanings that only say something about the open question: no aside.
_ABOUT_THE_QUESTION: Final = frozenset({"inform", "affirm", "deny", "nlu_fallback", ""})

# All that is not taken for the answer where any words are one.
_WISHES_IN_FREE_TEXT: Final = frozenset(
    {"stop", "restart", "explain", "repeat", "change_language", "report_incident", "privacy"}
)

_SURE: Final = 0.5
# A command that could also be an answer ("stop", but also a firm's name) must be this sure.
_QUITE_SURE: Final = 0.8

_QUESTION: Final = re.compile(
    r"\?\s*$|^(wat|wie|waar|wanneer|hoe|hoeveel|welke?|waarom|is|zijn|kan|kon|mag|mocht"
    r"|que|qu'|quoi|qui|où|quand|comment|combien|quel(le)?s?|pourquoi|est-ce|c'est quoi)\b",
    re.IGNORECASE,
)

_WHY: Final = re.compile(
    r"^(en |maar |et |mais |ah |tiens |allez )*"
    r"(waarom|waarvoor|wa[ar]* ?om|pourquoi|pq|à quoi (ça|cela) sert|c'est pour ?quoi)\b",
    re.IGNORECASE,
)

# "No, I meant ...": more than a plain "no", and about an answer that was given before.
_TAKES_BACK: Final = re.compile(
    r"^(nee|neen|non|oeps|oups|sorry|pardon|ah)?[ ,!.]*"
    r"(oeps|oups|sorry|pardon|wacht|attendez|attends|ik bedoel(de)?|je voulais dire|het was"
    r"|c'était)\b.*\w",
    re.IGNORECASE,
)


def asks_why(text: str) -> bool:
    """Whether a message asks what the open question is good for."""
    return _WHY.search(text.strip()) is not None


_WRONG: Final = re.compile(
    r"\b(fout|foutief|verkeerd|niet juist|klopt niet|wijzig(en)?|verander(en)?|verbeter(en)?"
    r"|aanpassen"
    r"|faux|fausse|erreur|erroné|incorrecte?|pas correcte?|pas juste|changer|modifier|corriger)\b",
    re.IGNORECASE,
)


_LEADING_NO: Final = re.compile(r"^\s*(nee|neen|nie|non|niet|pas)\b[\s,.!:]*(?=\w)", re.IGNORECASE)


def without_no(text: str) -> str:
    """The message without a "no" that only leads to what should be otherwise."""
    return _LEADING_NO.sub("", text)


def takes_back(text: str) -> bool:
    """Whether a message says that an answer before was another one: "non pardon, 25"."""
    return _TAKES_BACK.search(text.strip()) is not None


def finds_fault(text: str) -> bool:
    """Whether a message says that something is wrong or must change."""
    return _WRONG.search(text) is not None


def kind_of(heard: Heard) -> Kind:  # noqa: PLR0911 - one way out a kind, in order
    """Decide what a message is; the first reason that holds counts."""
    sure = heard.confidence >= _SURE
    if heard.choice:
        return Kind.CHOICE
    if heard.free and heard.answered:
        return _kind_of_free_text(heard)
    if heard.answered and heard.expected and not _asks(heard):
        return Kind.ANSWER
    if heard.label in COMMANDS and _command_wins(heard):
        return Kind.COMMAND
    if _asks(heard) and sure and heard.label not in _ABOUT_THE_QUESTION | {"out_of_scope"}:
        return Kind.ASIDE
    if heard.answered:
        return Kind.ANSWER
    if heard.told:
        return Kind.TOLD
    if heard.label == "out_of_scope":
        # Free words that nobody can place are rather a bad answer than another subject.
        aside = _asks(heard) and heard.confidence >= _QUITE_SURE
        return Kind.ASIDE if aside else Kind.UNREADABLE
    if sure and heard.label not in _ABOUT_THE_QUESTION:
        return Kind.ASIDE
    return Kind.UNREADABLE


def _command_wins(heard: Heard) -> bool:
    if heard.answered:
        return heard.confidence >= _QUITE_SURE
    return heard.confidence >= _SURE


def _asks(heard: Heard) -> bool:
    return _QUESTION.search(heard.text.strip()) is not None


def _kind_of_free_text(heard: Heard) -> Kind:
    """Any words are the answer, a question too; only a wish that is quite sure is not."""
    if heard.label not in _WISHES_IN_FREE_TEXT or heard.confidence < _QUITE_SURE:
        return Kind.ANSWER
    return Kind.COMMAND if heard.label in COMMANDS else Kind.ASIDE
