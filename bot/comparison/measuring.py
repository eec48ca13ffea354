"""Sets a peer up, has it trained and asked in processes of its own, and keeps what that took."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.comparison.exchange import Answered, read_answered
from bot.comparison.peers import OURS, checksum_files, surroundings
from bot.evaluation.figures import Judged
from bot.nlu.decision import Outcome
from bot.settings import PROJECT
from bot.training import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.comparison.peers import Peer
    from bot.encoder.examples import Examples
    from bot.evaluation.messages import Message

TRAINED = "trained.json"
LOG = "log.txt"


class PeerError(RuntimeError):
    """A peer could not be set up, trained or asked; says which, and where its words are."""


@dataclass(frozen=True)
class Training:
    """What a training took, when, and how busy the machine was (mean of its 1-minute loads)."""

    made_of: str
    day: str
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    load: float


@dataclass(frozen=True)
class Measured:
    """One peer's answers and what they took."""

    training: Training
    ready_seconds: float
    answered: Answered
    judged: Mapping[str, Sequence[Judged]]  # by set of messages


def measured(
    peer: Peer,
    examples: Examples,
    sets: Mapping[str, Sequence[Message]],
    folder: Path,
    *,
    again: bool,
) -> Measured:
    """Set up, train (unless that was done with these very examples) and ask every set.

    Raises:
        PeerError, ExchangeError: something of that failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if peer.set_up:
        run(peer, peer.set_up, folder)
    training = trained(peer, examples, folder, again=again)
    messages = [message for one in sets.values() for message in one]
    asked, answers = folder / "messages.json", folder / "answers.json"
    _write(asked, [{"text": one.text, "language": one.language} for one in messages])
    answers.unlink(missing_ok=True)
    places = {"folder": folder, "messages": asked, "answers": answers}
    started = time.time()
    run(peer, filled(peer.answer, places), folder)
    answered = read_answered(answers, len(messages))
    judged = iter(as_judged(messages, answered, offers_beside_refusal=peer.key == OURS))
    by_set = {name: list(islice(judged, len(one))) for name, one in sets.items()}
    return Measured(training, answered.ready_at - started, answered, by_set)


def trained(peer: Peer, examples: Examples, folder: Path, *, again: bool) -> Training:
    """Train the peer, or give back what its last training took when nothing changed since."""
    made_of, kept = _made_of(peer, examples), folder / TRAINED
    if kept.exists() and not again:
        training = Training(**json.loads(kept.read_text(encoding="utf-8")))
        if training.made_of == made_of:
            return training
    told = folder / "examples.json"
    rows = zip(examples.texts, examples.languages, examples.labels, strict=True)
    names = ("text", "language", "label")
    _write(told, [dict(zip(names, row, strict=True)) for row in rows])
    kept.unlink(missing_ok=True)
    before, started = os.getloadavg()[0], time.monotonic()
    usage = run(peer, filled(peer.train, {"folder": folder, "examples": told}), folder)
    training = Training(
        made_of=made_of,
        day=time.strftime("%Y-%m-%d"),
        seconds=round(time.monotonic() - started, 1),
        processor_seconds=round(usage.ru_utime + usage.ru_stime, 1),
        peak_megabytes=round(usage.ru_maxrss / 1024, 1),
        load=round((before + os.getloadavg()[0]) / 2, 1),
    )
    _write(kept, asdict(training))
    return training


def as_judged(
    messages: Sequence[Message], answered: Answered, *, offers_beside_refusal: bool
) -> list[Judged]:
    """The answers beside what was asked, as `make evaluate` judges ours."""
    return [
        Judged(message, answer.ranking, Outcome(answer.outcome), offers_beside_refusal)
        for message, answer in zip(messages, answered.answers, strict=True)
    ]


def filled(command: Sequence[str], places: Mapping[str, Path]) -> list[str]:
    """The command with the places put in."""
    return [part.format(**places) for part in command]


def run(peer: Peer, command: Sequence[str], folder: Path) -> Any:
    """Run a command to its end and give back what it used (as `resource.getrusage` names it).

    Raises:
        PeerError: it could not be started, or ended with an error.
    """
    log = folder / LOG
    with log.open("ab") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - the commands of peers.py
                command, cwd=PROJECT, env=surroundings(), stdout=output, stderr=output
            )
        except OSError as error:
            raise PeerError(f"{peer.name}: {command[0]} cannot be started ({error}).") from error
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = " ".join(log.read_text(encoding="utf-8", errors="replace").split()[-60:])
        raise PeerError(
            f"{peer.name}: {' '.join(command)} ended with {process.returncode}; "
            f"{log} holds its words, the last of which are: {last}"
        )
    return usage


def _made_of(peer: Peer, examples: Examples) -> str:
    digest = hashlib.sha256(examples.fingerprint().encode())
    if peer.key == OURS:
        digest.update(fingerprint().encode())
    digest.update(" ".join(peer.train[1:]).encode())
    for path in checksum_files(peer):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
