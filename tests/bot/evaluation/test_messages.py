"""The visitor messages are read whole, and broken files are named."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.evaluation.messages import (
    BLIND,
    COLUMNS,
    FRESH,
    Message,
    MessagesError,
    second_labels,
    surrounded,
    visitor_messages,
)
from bot.languages import LANGUAGES
from bot.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


def write(directory: Path, rows: str, head: str = "\t".join(COLUMNS)) -> None:
    for language in LANGUAGES:
        (directory / f"{language}.tsv").write_text(f"{head}\n{rows}", encoding="utf-8")


def test_row_becomes_a_message(tmp_path: Path) -> None:
    write(tmp_path, 'zeg "dag"\tgreet\tgoodbye|thank\tplain\n')

    messages = visitor_messages(tmp_path)

    also = frozenset({"goodbye", "thank"})
    assert messages == [Message('zeg "dag"', code, "greet", also, "plain") for code in LANGUAGES]
    assert messages[0].right == {"greet", "goodbye", "thank"}


def test_message_without_other_right_labels(tmp_path: Path) -> None:
    write(tmp_path, "het regent\tout_of_scope\t\tterse\n")

    message = visitor_messages(tmp_path)[0]

    assert message.right == {"out_of_scope"}
    assert not message.in_scope


def test_message_for_which_an_answer_is_right_too_is_in_scope(tmp_path: Path) -> None:
    write(tmp_path, "het regent\tout_of_scope\tgreet\tterse\n")

    assert visitor_messages(tmp_path)[0].in_scope


def test_second_labels_are_read_by_language_and_text(tmp_path: Path) -> None:
    path = tmp_path / "also_right.yml"
    path.write_text("nl:\n  greet: [dag, hoi]\n  thank: [dag]\nfr:\n  greet: [salut]\n", "utf-8")

    assert second_labels(path) == {
        ("nl", "dag"): frozenset({"greet", "thank"}),
        ("nl", "hoi"): frozenset({"greet"}),
        ("fr", "salut"): frozenset({"greet"}),
    }


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MessagesError, match=r"nl\.tsv is missing"):
        visitor_messages(tmp_path)


def test_other_columns_are_named(tmp_path: Path) -> None:
    write(tmp_path, "", head="text\tlabel")

    with pytest.raises(MessagesError, match=r"\['text', 'label'\]"):
        visitor_messages(tmp_path)


def test_committed_messages_are_of_every_language_and_kind() -> None:
    messages = visitor_messages()

    assert {message.language for message in messages} == set(LANGUAGES)
    assert len(messages) > 300
    assert {"plain", "terse", "typo", "indirect", "long"} <= {message.kind for message in messages}


def test_fresh_messages_are_a_hundred_of_every_language_with_labels_of_the_catalogue() -> None:
    messages = visitor_messages(FRESH)

    assert Counter(message.language for message in messages) == dict.fromkeys(LANGUAGES, 100)
    assert {label for message in messages for label in message.right} == _catalogue()


def test_blind_messages_are_of_every_language_with_labels_of_the_catalogue() -> None:
    messages = visitor_messages(BLIND)

    assert Counter(message.language for message in messages) == {"nl": 333, "fr": 317}
    assert {label for message in messages for label in message.right} <= _catalogue()


def test_questions_are_surrounded_in_turn_and_keep_their_labels(tmp_path: Path) -> None:
    (tmp_path / "around.yml").write_text(
        "nl: [{before: 'Dag, ', after: ' Merci!'}, {before: Wij zijn klein., after: ''}]\n"
        "fr: [{before: 'Bonjour,', after: ''}]\n",
        encoding="utf-8",
    )
    messages = [
        Message("wie mocht meedoen ?", "nl", "faq/who_can_apply", frozenset({"explain"}), "terse"),
        Message("ja", "nl", "affirm"),
        Message("welk weer wordt het", "nl", "out_of_scope"),
        Message("appelez-moi.", "fr", "contact_human"),
    ]

    found = surrounded(messages, tmp_path)

    assert [message.text for message in found] == [
        "Dag, wie mocht meedoen? Merci!",
        "Wij zijn klein. welk weer wordt het?",
        "Bonjour, appelez-moi?",
    ]
    assert [message.right for message in found] == [
        {"faq/who_can_apply", "explain"},
        {"out_of_scope"},
        {"contact_human"},
    ]


def _catalogue() -> set[str]:
    catalogue = yaml.safe_load((PROJECT / "data" / "catalogue.yml").read_text("utf-8"))
    return {label for group in catalogue.values() for label in group}
