"""A small set of facts, texts and labels, to change one thing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts.calls import Facts
from bot.texts.rendering import Texts

if TYPE_CHECKING:
    from pathlib import Path

FACTS = """
sources:
  page: {title: {nl: Pagina, fr: Page}, date: 2023-02-28, file: page.txt}
  elsewhere: {title: {nl: Elders, fr: Ailleurs}, date: null}
calls:
  - id: "2022"
    opens: launch
    closes: deadline
    facts:
      launch: {value: 2022-07-27, source: page, quote: x}
      deadline: {value: 2022-10-31, source: page, quote: x}
      later: {value: 13, source: elsewhere}
facts:
  mailbox: {all: someone@example.org, source: page, quote: x}
"""

TEXTS = """
utter_deadline:
  source: page
  choices: {closed: [results]}
  nl:
    upcoming, open: Indienen kan tot {deadline}.
    closed: Indienen kon tot {deadline}.
  fr:
    upcoming, open: "Date limite : {deadline}."
    closed: "C'était le {deadline_weekday}."
  more:
    source: elsewhere
    nl: {closed: "Later {later} projecten."}
    fr: {closed: "Plus tard {later} projets."}
utter_privacy:
  nl: "{retention_days} dagen"
  fr: "{retention_days} jours"
utter_other_language:
  de: Bitte an {mailbox}.
  en: Please write to {mailbox}.
utter_declined:
  phrases: {nl: [jury], fr: [jury, jurés]}
  nl: Geen jury.
  fr: Pas de jury.
"""

LABELS = """
results: {nl: Resultaten, fr: "Résultats ?"}
apply:
  nl:
    upcoming, open: Hoe kan ik indienen?
    closed: Hoe kon ik indienen?
  fr:
    upcoming, open: Comment faire ?
    closed: Comment faisait-on ?
"""

CALLS = """
sources:
  page: {title: {nl: Pagina, fr: Page}, date: 2023-02-28, file: page.txt}
  other: {title: {nl: Elders, fr: Ailleurs}, date: null}
calls:
  - id: "2022"
    opens: launch
    closes: deadline
    facts:
      launch: {value: 2022-07-27, source: page, quote: op 27 juli}
      deadline: {value: 2022-10-31, source: page, quote: tot 31 oktober}
facts:
  limit: {value: 50, source: page, quote: minder dan 50}
  mailbox: {all: someone@example.org, source: other}
"""


def load_texts(folder: Path, texts: str = TEXTS, labels: str = LABELS, facts: str = FACTS) -> Texts:
    """Write the files as an editor would, and load them."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "some.yml").write_text(texts, encoding="utf-8")
    (folder / "texts" / "labels.yml").write_text(labels, encoding="utf-8")
    (folder / "facts.yml").write_text(facts, encoding="utf-8")
    return Texts.load(folder / "texts", Facts.load(folder / "facts.yml"))


def load_facts(folder: Path, facts: str = CALLS) -> Facts:
    """Write the file as an editor would, and load it."""
    (folder / "facts.yml").write_text(facts, encoding="utf-8")
    return Facts.load(folder / "facts.yml")
