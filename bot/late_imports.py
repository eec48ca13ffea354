"""What Rasa and spaCy import at their start and this server never calls.

For the server these modules are put off: a name taken from one of them imports the real one when
it is called, and so does the import of any other part of the package. Nothing can tell the
difference, except that the process starts a second sooner and is 40 MB smaller.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

# Package -> its modules that are imported only for the names in them.
PUT_OFF: Final = {
    "sklearn": ("sklearn.model_selection",),
    "matplotlib": ("matplotlib.ticker",),
    "spacy.cli": ("spacy.cli.info",),
    # Channels and stores that are not ours.
    "aiogram": ("aiogram.types", "aiogram.utils", "aiogram.utils.exceptions"),
    "boto3": ("boto3.dynamodb", "boto3.dynamodb.conditions"),
    "pymongo": ("pymongo.collection",),
    "slack_sdk": ("slack_sdk.errors", "slack_sdk.web", "slack_sdk.web.async_client"),
    "webexteamssdk": (),
}


class _Later:
    """A name of a module that was put off; to be called, and nothing else."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Let a class be built on it: channels of other services, which nobody opens here."""
        del bases
        return ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        bring_back()
        return getattr(importlib.import_module(self._module), self._name)(*args, **kwargs)


class _PutOff(ModuleType):
    """Stands where the module would; it has no parts of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> _Later:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Later(self.__name__, name)


class _Finder:
    """Comes last: another part of a package is wanted, so the real package is wanted."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        del path, target
        package = name.rpartition(".")[0]
        if not isinstance(sys.modules.get(package), _PutOff):
            return None
        bring_back()
        return importlib.util.find_spec(name)


def put_off() -> None:
    """Put off the modules that are not imported yet."""
    for package, parts in PUT_OFF.items():
        for name in (package, *parts):
            if package not in sys.modules or isinstance(sys.modules[package], _PutOff):
                sys.modules[name] = _PutOff(name)
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)


def bring_back() -> None:
    """Have the next import of each module import the real one."""
    for package, parts in PUT_OFF.items():
        for name in (package, *parts):
            if isinstance(sys.modules.get(name), _PutOff):
                del sys.modules[name]
