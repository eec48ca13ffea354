"""Reads the files under data/ strictly: what cannot be used is named, with cause and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


class DataError(ValueError):
    """Data, or a request for some of it, that cannot be used: names value, cause and remedy."""


class _StrictLoader(yaml.CSafeLoader):
    """YAML without its silent habit of keeping the last of two equal keys.

    Read in C, as the wheels of PyYAML have it: half a second of a start.
    """

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - the signature is PyYAML's
    ) -> dict[object, object]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else id(key_node)
            if key in seen:
                line = key_node.start_mark.line + 1
                message = f"'{key}' stands twice, the second time on line {line}. Keep one of them."
                raise DataError(message)
            seen.add(key)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Section:
    """A mapping in a data file that knows its place there, for its messages."""

    file: Path
    place: tuple[str, ...]
    content: Mapping[str, object]

    def refuse(self, cause: str, remedy: str) -> NoReturn:
        """Raise the error that says where in the file something is wrong, why, and what to do."""
        place = f", {' > '.join(self.place)}" if self.place else ""
        message = f"{self.file}{place}: {cause}. {remedy}."
        raise DataError(message)

    def require_only(self, keys: Collection[str]) -> None:
        """Refuse keys that nobody reads: most often a slip of the pen."""
        for key in self.content:
            if key not in keys:
                remedy = f"Use one of {', '.join(sorted(keys))}"
                self.refuse(f"the key '{key}' is not known here", remedy)

    def text(self, key: str) -> str:
        """Return the text under a key; anything else there is an error."""
        value = self.content.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"'{key}' holds {value!r}, not a text", f"Write a text under '{key}'")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the text or the list of texts under a key, none when the key is absent."""
        value = self.content.get(key, [])
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str) or not item.strip():
                self.refuse(f"'{key}' holds {item!r}, not a text", "Write a text, or a list")
        return tuple(items)

    def section(self, key: str) -> Section:
        """Return the mapping under a key; anything else there is an error."""
        return self._below(key, self.content.get(key))

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return the list of mappings under a key; anything else there is an error."""
        items = self.content.get(key)
        if not isinstance(items, list) or not items:
            self.refuse(f"'{key}' holds {items!r}, not a list", f"Write a list under '{key}'")
        return tuple(self._below(f"{key} {at}", item) for at, item in enumerate(items, start=1))

    def _below(self, key: str, value: object) -> Section:
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            remedy = f"Write 'name: ...' lines under '{key}'"
            self.refuse(f"'{key}' holds {value!r}, not a mapping of names", remedy)
        return Section(self.file, (*self.place, key), value)


def read(file: Path) -> Section:
    """Read a YAML file whose root is a mapping; every flaw is a DataError that names the file."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except OSError as cause:
        message = f"{file}: cannot be read ({cause.strerror}). Put the file there, readable."
        raise DataError(message) from cause
    except yaml.MarkedYAMLError as cause:
        line = cause.problem_mark.line + 1 if cause.problem_mark else 1
        message = f"{file}: is not valid YAML: {cause.problem} on line {line}. Correct that line."
        raise DataError(message) from cause
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        message = f"{file}: is not text in UTF-8 ({cause}). Save it as UTF-8."
        raise DataError(message) from cause
    except DataError as cause:
        message = f"{file}: {cause}"
        raise DataError(message) from cause
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
        message = f"{file}: its root is not a mapping of names. Write 'name: ...' lines."
        raise DataError(message)
    return Section(file, (), content)
