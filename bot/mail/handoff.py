"""What a visitor hands over to the mailbox: checked here, so that nothing else enters a mail."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NoReturn

from email_validator import EmailNotValidError, validate_email

from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime

    from bot.facts.calls import Phase

Sender = Literal["visitor", "assistant"]
Result = Literal["qualifies", "does_not_qualify", "unclear"]

QUESTION_LIMIT: Final = 2_000
LINE_LIMIT: Final = 120
PAGE_LIMIT: Final = 500
SUMMARY_LINE_LIMIT: Final = 500
SUMMARY_LINES: Final = 40
TRANSCRIPT_LINE_LIMIT: Final = 4_000

# Marks that turn the direction of the text round (they make a name look like another one), and
# characters of no width; the joiners that emoji and scripts need are not among them.
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_BREAK: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[ \t\n]+")
_REFERENCE: Final = re.compile(r"C4S-[0-9]{4}-[0-9A-Z]{6}")


class HandoffError(ValueError):
    """Something that must not go into a mail.

    ``field`` names the place and ``code`` the reason (missing, too_long, line_break,
    not_an_address, not_a_reference, not_spoken), for the sentence that the visitor gets.
    """

    def __init__(self, field: str, code: str, message: str) -> None:
        self.field = field
        self.code = code
        super().__init__(f"The {field} {message}")


@dataclass(frozen=True)
class TranscriptLine:
    """One message of the conversation."""

    sender: Sender
    time: datetime
    text: str


@dataclass(frozen=True)
class EligibilitySummary:
    """What the eligibility check heard and said, each line in the visitor's language."""

    result: Result | None  # None: the check was not finished
    answers: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    seeks_help: bool = False  # for their own firm, where others submit a project

    @property
    def outcome(self) -> str | None:
        """The result; whoever seeks help is inside or outside the target group."""
        decided = self.result in ("qualifies", "does_not_qualify")
        return f"target_{self.result}" if self.seeks_help and decided else self.result


@dataclass(frozen=True)
class Handoff:
    """A question for the mailbox with all that helps to answer it.

    Making one checks everything: no field holds a line break (but the question), a control
    character or more than its limit, and the address is one that can be answered to.

    Raises:
        HandoffError: naming the field, the cause and the remedy.
    """

    language: str
    reference: str
    topic: str  # in words, in the visitor's language
    question: str = field(repr=False)
    email: str = field(repr=False)
    time: datetime
    phase: Phase
    preferred_language: str
    name: str = field(default="", repr=False)
    firm: str = field(default="", repr=False)
    page: str = ""
    eligibility: EligibilitySummary | None = field(default=None, repr=False)
    transcript: tuple[TranscriptLine, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Replace each text by its clean form, or refuse it."""
        for name in ("language", "preferred_language"):
            if getattr(self, name) not in LANGUAGES:
                message = f"is {getattr(self, name)!r}. Use one of {', '.join(LANGUAGES)}."
                _refuse(name, "not_spoken", message)
        if not _REFERENCE.fullmatch(self.reference):
            message = f"{self.reference!r} is no reference. Take one from new_reference()."
            _refuse("reference", "not_a_reference", message)
        if self.time.tzinfo is None:
            _refuse("time", "missing", "has no time zone. Pass a datetime in UTC.")
        cleaned = {
            "topic": _present("topic", _line("topic", self.topic, LINE_LIMIT)),
            "question": _question(self.question),
            "email": _address(self.email),
            "name": _line("name", self.name, LINE_LIMIT),
            "firm": _line("firm", self.firm, LINE_LIMIT),
            "page": _line("page", self.page, PAGE_LIMIT),
            "eligibility": _summary(self.eligibility),
            "transcript": _transcript(self.transcript),
        }
        for name, value in cleaned.items():
            object.__setattr__(self, name, value)  # the one moment at which a frozen one may change

    def question_hash(self) -> str:
        """Return what is equal when the same person asks the same question again."""
        words = " ".join(self.question.casefold().split())
        return sha256(f"{self.email.casefold()}\n{words}".encode()).hexdigest()


def clean_text(text: str) -> str:
    """Return the text with plain line breaks, without what no mail or database can hold."""
    broken = _LINE_BREAK.sub("\n", text)
    visible = _INVISIBLE.sub("", broken)
    kept = (c for c in visible if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _refuse(field: str, code: str, message: str) -> NoReturn:
    raise HandoffError(field, code, message)


def _line(field: str, text: str, limit: int) -> str:
    if _LINE_BREAK.search(text.strip()):
        message = "holds a line break. Give it on one line."
        _refuse(field, "line_break", message)
    line = _SPACES.sub(" ", clean_text(text))  # French needs its no-break spaces
    if len(line) > limit:
        message = f"has {len(line)} characters. Keep it within {limit}."
        _refuse(field, "too_long", message)
    return line


def _present(field: str, text: str) -> str:
    if not text:
        _refuse(field, "missing", "is empty. Ask for one.")
    return text


def _question(text: str) -> str:
    # Measured before anything is done with it: the work on a text must not depend on a visitor.
    if len(text) > QUESTION_LIMIT:
        message = f"has {len(text)} characters. Keep it within {QUESTION_LIMIT}."
        _refuse("question", "too_long", message)
    return _present("question", clean_text(text))


def _address(text: str) -> str:
    try:
        checked = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        message = f"is not an address that can be answered to: {error} Ask for another one."
        place = "email"
        raise HandoffError(place, "not_an_address", message) from error
    return checked.ascii_email or checked.normalized


def _summary(summary: EligibilitySummary | None) -> EligibilitySummary | None:
    if summary is None:
        return None

    def lines(field: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        if len(texts) > SUMMARY_LINES:
            message = f"has {len(texts)} lines. Keep them within {SUMMARY_LINES}."
            _refuse(field, "too_long", message)
        return tuple(_line(field, text, SUMMARY_LINE_LIMIT) for text in texts)

    return replace(
        summary,
        answers=lines("answers", summary.answers),
        reasons=lines("reasons", summary.reasons),
    )


def _transcript(lines: tuple[TranscriptLine, ...]) -> tuple[TranscriptLine, ...]:
    return tuple(
        TranscriptLine(line.sender, line.time, clean_text(line.text[:TRANSCRIPT_LINE_LIMIT]))
        for line in lines
    )
