"""Training examples that Rasa can merge cheaply.

Rasa merges the files of examples a dozen times before it trains: each time it copies every example
to its depth, strips it, and so forgets the fingerprint by which it finds doubles.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

if TYPE_CHECKING:
    from collections.abc import Sequence


def merge_lightly() -> None:
    """From here on in this process, examples are copied and stripped only as far as it matters."""
    Message.__deepcopy__ = _duplicate
    TrainingData.sanitize_examples = staticmethod(_sanitized)


def _duplicate(message: Message, memo: dict[int, Any]) -> Message:
    """Another example with the same properties; the values themselves are never changed."""
    del memo
    twin = copy.copy(message)
    twin.data = dict(message.data)
    twin.features = list(message.features)
    twin.output_properties = set(message.output_properties)
    return twin


def _sanitized(examples: Sequence[Message]) -> list[Message]:
    """The examples without doubles, and without blanks around their labels."""
    for example in examples:
        for name in (INTENT, RESPONSE):
            label = example.get(name)
            if label and label != label.strip():
                example.set(name, label.strip())
    return list(OrderedDict.fromkeys(examples))
