"""What packages say is read as sentences that a person could have typed, each once."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.encoder.sentences import (
    Sentences,
    SentencesError,
    drop_unnamed,
    fetch,
    read_sentences,
    sentences_of,
)

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = {"nl": 100, "fr": 100, "de": 100, "en": 100}


def translations(rows: dict[str, str]) -> bytes:
    """A catalogue in the form that gettext reads."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **rows}.items())
    place, tables, texts = 28 + 16 * len(pairs), [b"", b""], b""
    for column in range(2):
        for pair in pairs:
            content = pair[column].encode()
            tables[column] += struct.pack("<II", len(content), place + len(texts))
            texts += content + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two packages with all that is read, and some that is not."""
    with ZipFile(tmp_path / "first-1.whl", "w") as package:
        catalogue = translations(
            {"Save": "Sla de wijzigingen op.", "x": "Uw bestelling is betaald. Wij danken u!"}
        )
        package.writestr("shop/locale/nl/LC_MESSAGES/django.mo", catalogue)
        package.writestr("shop/locale/pl/LC_MESSAGES/django.mo", translations({"Save": "Zapisz"}))
        package.writestr("shop/static/nl/picture.svg", "<svg>geen tekst hier</svg>")
    with ZipFile(tmp_path / "second-1.whl", "w") as package:
        words = {"a": {"b": ["Votre demande est <b>terminée</b>."]}, "n": 3}
        package.writestr("home/translations/fr.json", json.dumps(words))
        package.writestr("home/translations/fr-0123abcd.json", json.dumps({"c": "On y va demain"}))
        talks = "categories:\n- health\nconversations:\n- - Hoe gaat het met je?\n  - Ik ben moe.\n"
        package.writestr("talk/data/dutch/health.yml", talks)
    return tmp_path


def test_all_that_is_said_in_our_languages_is_read(folder: Path) -> None:
    found = read_sentences(folder, seed=1, most=EVERYTHING)

    assert sorted(zip(found.languages, found.texts, strict=True)) == [
        ("fr", "On y va demain"),
        ("fr", "Votre demande est terminée ."),
        ("nl", "Hoe gaat het met je?"),
        ("nl", "Ik ben moe."),
        ("nl", "Sla de wijzigingen op."),
        ("nl", "Uw bestelling is betaald."),
        ("nl", "Wij danken u!"),
    ]


def test_no_more_of_a_language_than_asked_and_the_same_again(folder: Path) -> None:
    found = read_sentences(folder, seed=1, most={"nl": 4, "fr": 2})

    # One in eight may be of one or two words; none is, and their places stay empty.
    assert sorted(found.languages) == ["fr", "nl", "nl", "nl"]
    assert read_sentences(folder, seed=1, most={"nl": 4, "fr": 2}) == found


def test_fingerprint_tells_other_sentences_and_not_their_order() -> None:
    first = Sentences(["een", "deux"], ["nl", "fr"])

    assert first.fingerprint() == Sentences(["deux", "een"], ["fr", "nl"]).fingerprint()
    assert first.fingerprint() != Sentences(["een", "deux"], ["nl", "nl"]).fingerprint()


def test_some_sentences_come_behind_the_one_before_in_their_language() -> None:
    sentences = Sentences(["Dag!", "Bonjour", "Ik kom", "Je viens"], ["nl", "fr", "nl", "fr"])

    assert sentences.joined(1.0, seed=1).texts == [
        "Dag!",
        "Bonjour",
        "Dag! Ik kom",
        "Bonjour. Je viens",
    ]
    assert sentences.joined(0.0, seed=1) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "{count} berichten gelezen",
        "Zie https://voorbeeld.be voor meer",
        "%s is verwijderd",
        "a.b() geeft een fout",
        "12 34 56",
        "DIT IS ALLES IN HOOFDLETTERS",
        "Это не по-нашему",
        "",
        "woord " * 41,
    ],
)
def test_what_no_visitor_types_is_left_out(text: str) -> None:
    assert list(sentences_of(text)) == []


def test_paragraphs_and_sentences_are_told_apart() -> None:
    text = "<p>Dag&nbsp;allemaal.</p> Hoe gaat het?\n\nMet vriendelijke groet"

    assert list(sentences_of(text)) == ["Dag allemaal.", "Hoe gaat het?", "Met vriendelijke groet"]


def test_a_folder_without_packages_is_named(tmp_path: Path) -> None:
    with pytest.raises(SentencesError, match=r"holds no package"):
        read_sentences(tmp_path, seed=1)


def test_a_package_that_the_lock_no_longer_names_goes(folder: Path) -> None:
    lock, kept = folder / "texts.lock", folder / "first-1.whl"
    lock.write_text(f"first==1 --hash=sha256:{hashlib.sha256(kept.read_bytes()).hexdigest()}\n")

    drop_unnamed(lock, folder)

    assert [path.name for path in folder.glob("*.whl")] == ["first-1.whl"]


def test_packages_that_cannot_be_fetched_are_told_with_the_reason(tmp_path: Path) -> None:
    lock = tmp_path / "texts.lock"
    lock.write_text("no package at all\n")

    with pytest.raises(SentencesError, match=r"texts\.lock cannot be fetched: .*within reach"):
        fetch(lock, tmp_path)
