"""Training data that Rasa can read and merge cheaply.

Rasa reads each file of examples three times a training, and looks into it a dozen times more. It
merges them as often: each time it copies every example to its depth, strips it, and computes a
checksum of it to find doubles.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml
from rasa.shared.importers.importer import E2EImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, RESPONSE, TEXT
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rasa.shared.core.domain import Domain

_NEEDED_KEYS = {"intent", "examples"}
_PLAIN_KEYS = {*_NEEDED_KEYS, "metadata"}


class LightImporter(RasaFileImporter):
    """Rasa's own importer, which reads the domain and each file of examples once."""

    _domain: Domain | None = None
    _examples: TrainingData | None = None

    def get_domain(self) -> Domain:
        """The domain; a broken one is empty, with a warning that tells why."""
        if self._domain is None:
            self._domain = super().get_domain()
        return self._domain

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of all files; our files tell their language themselves.

        Raises:
            YamlException: a file is no YAML, or not in Rasa's form of training data.
        """
        del language
        if self._examples is None:
            data = [LightReader().read(path) for path in self._nlu_files]
            self._examples = TrainingData().merge(*data)
        return self._examples


class MergedOnce(E2EImporter):
    """Rasa's own merging; it merges again for each language that somebody names, to the same."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All examples, merged the first time."""
        del language
        return super().get_nlu_data()


class LightReader(RasaYAMLReader):
    """Rasa's own reader; it holds a file against the schema only where a quick look finds fault."""

    def validate(self, string: str) -> None:
        """Find nothing wrong with entries of an intent and its lines; leave the rest to Rasa.

        Raises:
            YamlException: the file, the line and what is wrong there.
        """
        try:
            content = yaml.load(string, yaml.CSafeLoader)
        except yaml.YAMLError:
            content = None
        if not _is_plain(content):
            super().validate(string)


def _is_plain(content: Any) -> bool:
    """Whether the file holds nothing but entries as ours are: an intent and a block of lines."""
    return (
        isinstance(content, dict)
        and content.keys() == {"version", "nlu"}
        and isinstance(content["version"], str)
        and isinstance(content["nlu"], list)
        and all(
            isinstance(entry, dict)
            and entry.keys() <= _PLAIN_KEYS
            and all(
                isinstance(entry.get(key), str) and entry[key] for key in ("intent", "examples")
            )
            for entry in content["nlu"]
        )
    )


def merge_lightly() -> None:
    """From here on in this process, examples are copied and stripped only as far as it matters."""
    Message.__deepcopy__ = _duplicate
    TrainingData.sanitize_examples = staticmethod(_sanitized)


def _duplicate(message: Message, memo: dict[int, Any]) -> Message:
    """Another example with the same properties; the values themselves are never changed."""
    del memo
    twin = Message.__new__(Message)
    twin.__dict__.update(message.__dict__)
    twin.data = dict(message.data)
    twin.features = list(message.features)
    twin.output_properties = set(message.output_properties)
    return twin


class _Examples(list):
    """Examples that merged data share with what they are merged from.

    Nobody looks at that again once all is merged, so that nothing set there later can be missed.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> _Examples:
        del memo
        return _Examples(self)


def _sanitized(examples: Sequence[Message]) -> _Examples:
    """The examples without doubles, and without blanks around their labels."""
    for example in examples:
        for name in (INTENT, RESPONSE):
            label = example.get(name)
            if label and label != label.strip():
                example.set(name, label.strip())
    times = Counter(example.get(TEXT) for example in examples)
    kept: dict[object, Message] = {}
    for example in examples:
        # What is said once needs no second look.
        once = times[example.get(TEXT)] == 1
        kept.setdefault(id(example) if once else _content(example), example)
    return _Examples(kept.values())


def _content(example: Message) -> str:
    """Equal for examples that say the same of the same text."""
    return repr((sorted(example.data.items()), example.features))
