"""The mails, word for word: bot/mail/message.py and its templates."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from bot.languages import LANGUAGES
from bot.mail.handoff import EligibilitySummary, Handoff, TranscriptLine
from bot.mail.message import TEMPLATES, write_confirmation, write_handoff
from tests.bot.mail.expected import (
    CONFIRMATION,
    CONFIRMATION_SUBJECT,
    EXTRA_TEXT,
    SMALL_TEXT,
    SUBJECT,
)
from tests.bot.mail.samples import MAILBOX, NOW, a_full_handoff, a_handoff

if TYPE_CHECKING:
    from collections.abc import Callable

languages = pytest.mark.parametrize("language", LANGUAGES)


class Page(HTMLParser):
    """The words and the tags of a page, as a mail reader takes them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._skipped = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._skipped = tag == "title"

    def handle_data(self, data: str) -> None:
        """Take note of words."""
        if not self._skipped:
            self.words += data.split()


def words_of(text: str) -> list[str]:
    """The words of a plain text, without its rulers and the dashes of its lists."""
    return [word for word in text.split() if not re.fullmatch("-+", word)]


@languages
def test_a_small_handoff_line_for_line(language: str) -> None:
    letter = write_handoff(a_handoff(language))

    assert letter.subject == SUBJECT[language]
    assert letter.text == SMALL_TEXT[language]


@languages
def test_a_full_handoff_line_for_line(language: str) -> None:
    letter = write_handoff(a_full_handoff(language))

    about, foot = SMALL_TEXT[language].split("\n\n\n--\n")
    expected = f"{about}\n{EXTRA_TEXT[language]}\n\n--\n{foot}"
    for empty, given in {
        "niet opgegeven\nOnderneming:   niet opgegeven": "Jan Peeters\n"
        "Onderneming:   Bakkerij Peeters & zonen",
        "non communiqué\nEntreprise\u00a0:    non communiquée": "Jan Peeters\n"
        "Entreprise\u00a0:    Bakkerij Peeters & zonen",
        "niet bekend": "https://economie.fgov.be/nl/cyber",
        "inconnue": "https://economie.fgov.be/nl/cyber",
    }.items():
        expected = expected.replace(empty, given)
    assert letter.text == expected


@languages
@pytest.mark.parametrize("make", [a_handoff, a_full_handoff])
def test_the_html_says_what_the_text_says(language: str, make: Callable[[str], Handoff]) -> None:
    letter = write_handoff(make(language))

    def simple(words: list[str]) -> list[str]:
        # Headings stand in capitals in the text, and labels end in a colon.
        joined = " ".join(words).replace("\u00a0:", "").replace(":", "").casefold()
        return sorted(joined.split())

    html, text = simple(Page(letter.html).words), simple(words_of(letter.text))
    # The page begins with the reference and the topic once more, and needs no label for a result.
    head = simple(["C4S-2026-7F3K9Q", *a_handoff(language).topic.split()])
    labels = [word for word in text if word in {"resultaat", "résultat"}]
    assert sorted(text + head) == sorted(html + labels)


@languages
@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (
            "upcoming",
            {"nl": "nog niet geopend op het moment", "fr": "pas encore ouverts au moment"},
        ),
        ("open", {"nl": "open op het moment", "fr": "ouverts au moment"}),
        ("closed", {"nl": "afgesloten op het moment", "fr": "clôturés au moment"}),
    ],
)
def test_the_phase_is_told(language: str, phase: str, words: dict[str, str]) -> None:
    letter = write_handoff(a_handoff(language, phase=phase))

    assert f" {words[language]} " in letter.text
    assert f">{words[language]} " in letter.html


@languages
@pytest.mark.parametrize(
    ("result", "seeks_help", "words"),
    [
        ("qualifies", False, {"nl": "komt in aanmerking", "fr": "remplit les conditions"}),
        (
            "does_not_qualify",
            False,
            {"nl": "komt niet in aanmerking", "fr": "ne remplit pas les conditions"},
        ),
        ("unclear", False, {"nl": "niet duidelijk", "fr": "impossible à déterminer"}),
        (None, False, {"nl": "check niet afgewerkt", "fr": "test inachevé"}),
        ("qualifies", True, {"nl": "binnen de doelgroep", "fr": "dans le public visé"}),
        ("does_not_qualify", True, {"nl": "buiten de doelgroep", "fr": "hors du public visé"}),
        ("unclear", True, {"nl": "niet duidelijk", "fr": "impossible à déterminer"}),
    ],
)
def test_the_result_is_told(
    language: str,
    result: str | None,
    seeks_help: bool,  # noqa: FBT001 - a row of the table
    words: dict[str, str],
) -> None:
    summary = EligibilitySummary(result, (), seeks_help=seeks_help)  # type: ignore[arg-type]

    letter = write_handoff(a_handoff(language, eligibility=summary))

    assert re.search(rf"^R.sultaa?t\u00a0?: +{words[language]}$", letter.text, re.MULTILINE)
    assert f">{words[language][0].upper()}{words[language][1:]}</p>" in letter.html


@languages
def test_the_language_of_the_answer_may_be_another_one(language: str) -> None:
    other = {"nl": "fr", "fr": "nl"}[language]

    letter = write_handoff(a_handoff(language, preferred_language=other))

    named = {"nl": "Antwoord in:   het Frans", "fr": "Répondre en\u00a0:   néerlandais"}
    assert named[language] in letter.text.splitlines()


@languages
def test_of_a_long_conversation_the_end_is_kept(language: str) -> None:
    lines = tuple(
        TranscriptLine("visitor", NOW + timedelta(minutes=number), f"bericht {number}")
        for number in range(103)
    )

    letter = write_handoff(a_handoff(language, transcript=lines))

    left_out = {
        "nl": "(het begin, 3 berichten, is weggelaten)",
        "fr": "(le début, 3 messages, n’est pas repris)",
    }
    assert left_out[language] in letter.text.splitlines()
    assert [line for line in letter.text.splitlines() if "bericht " in line] == [
        f"    bericht {number}" for number in range(3, 103)
    ]


HOSTILE = {
    "topic": "<b>x</b> & \"y\" 'z'",
    "question": "<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n{{ 7 * 7 }} {% raw %}",
    "name": "<a href='https://evil.be'>Jan</a>",
    "firm": "</td></table><h1>Gewonnen!</h1>",
    "page": "javascript:alert(1)//<svg/onload=alert(1)>",
    "eligibility": EligibilitySummary("unclear", ("<i>a</i>",), ("<i>b</i>",)),
    "transcript": (
        TranscriptLine("visitor", NOW, "<iframe src=//evil.be></iframe>"),
        TranscriptLine("assistant", NOW, "<style>*{display:none}</style>"),
    ),
}


@languages
def test_no_html_of_a_visitor_is_html_in_the_mail(language: str) -> None:
    letter = write_handoff(a_handoff(language, **HOSTILE))
    harmless = write_handoff(a_full_handoff(language))

    page = Page(letter.html)
    assert page.tags == Page(harmless.html).tags
    assert page.attributes == Page(harmless.html).attributes
    assert "<script>alert(1)</script>" in " ".join(page.words)
    assert "{{ 7 * 7 }} {% raw %}" in " ".join(page.words)


@languages
@pytest.mark.parametrize("make", [a_handoff, a_full_handoff])
def test_the_html_has_nothing_to_click_and_loads_nothing(
    language: str, make: Callable[[str], Handoff]
) -> None:
    page = Page(write_handoff(make(language)).html)
    confirmation = Page(write_confirmation(make(language), MAILBOX, 180).html)

    for one in (page, confirmation):
        assert one.tags.isdisjoint({"a", "img", "link", "script", "style", "iframe", "form"})
        assert one.attributes.isdisjoint({"href", "src", "background", "action"})


@languages
def test_links_of_a_visitor_are_broken_and_the_assistants_own_kept(language: str) -> None:
    link = "https://evil.be/formulier.zip"
    own = "https://economie.fgov.be/nl"
    letter = write_handoff(
        a_handoff(
            language,
            question=f"{link} {own}",
            topic=link,
            name=link,
            firm=link,
            page=link,
            eligibility=EligibilitySummary("unclear", (link, own), (link, own)),
            transcript=(
                TranscriptLine("visitor", NOW, f"{link} {own}"),
                TranscriptLine("assistant", NOW, f"{link} {own}"),
            ),
        )
    )

    for words in (letter.subject, letter.text, letter.html):
        assert link not in words
    # Typed in the question, in an answer and in the chat; the reasons and the assistant's words.
    for words in (letter.text, letter.html):
        assert words.count("https[:]//economie[.]fgov[.]be/nl") == 3
        assert words.count(own) == 2


@languages
def test_a_question_cannot_pose_as_another_part_of_the_text(language: str) -> None:
    forged = "x\n\nCONTACT\n-------\nE-mail:        evil@example.com"

    lines = write_handoff(a_handoff(language, question=forged)).text.splitlines()

    assert [line for line in lines if line.startswith("E-mail")] == [
        {"nl": "E-mail:        jan@bakkerij.be", "fr": "E-mail\u00a0:        jan@bakkerij.be"}[
            language
        ]
    ]


@languages
def test_the_confirmation_line_for_line(language: str) -> None:
    letter = write_confirmation(a_full_handoff(language), MAILBOX, 180)

    assert letter.subject == CONFIRMATION_SUBJECT[language]
    assert letter.text == CONFIRMATION[language]


@languages
def test_the_confirmation_in_html_says_the_same(language: str) -> None:
    letter = write_confirmation(a_full_handoff(language), MAILBOX, 180)
    title = letter.subject.partition(" – ")[0]

    html = " ".join(Page(letter.html).words).replace("C4S-2026-7F3K9Q .", "C4S-2026-7F3K9Q.")

    assert html == " ".join([title, *letter.text.split()])


@languages
def test_the_confirmation_repeats_nothing_that_was_typed(language: str) -> None:
    """Else anybody could have the department send a text to anybody."""
    typed = dict.fromkeys(("topic", "question", "name", "firm", "page"), "WOORDENSCHAT")

    letter = write_confirmation(a_handoff(language, **typed), MAILBOX, 180)

    assert "WOORDENSCHAT" not in f"{letter.subject}{letter.text}{letter.html}"


@pytest.mark.parametrize("name", ["handoff", "confirmation"])
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_every_language_has_every_template(name: str, ending: str) -> None:
    found = {path.name for path in TEMPLATES.glob(f"{name}.*.{ending}")}

    assert found == {f"{name}.{language}.{ending}" for language in LANGUAGES}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.fr.*")), ids=lambda path: path.name)
def test_french_templates_keep_the_space_before_double_signs(path: object) -> None:
    text = re.sub(r"{[{%].*?[%}]}", "", path.read_text(), flags=re.DOTALL)  # type: ignore[attr-defined]

    assert re.findall(r" [:;?!»]|« |[a-zé][;?!](?:\s|$)", text) == []
