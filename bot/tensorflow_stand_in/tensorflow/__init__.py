"""An inert TensorFlow: Rasa may import and subclass it, nobody may call it.

Rasa 3.6 imports TensorFlow for class bodies and type hints of components that our pipeline
never uses. Every attribute here is a class that can be named, subclassed and subscripted;
calling one raises TensorFlowAbsentError, which says what to do.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__version__ = "2.12.0"  # the version Rasa 3.6 pins; `rasa --version` and model metadata print it

# Decorators that Rasa applies while it is being imported; they leave their target as it is.
_DECORATORS = {"function", "register_keras_serializable"}
# Rasa imports keras by its own name too, always after tensorflow.
_PACKAGES = {"tensorflow", "keras"}


class TensorFlowAbsentError(RuntimeError):
    """A component really called TensorFlow, which is not installed here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was called, but TensorFlow is not installed: this project runs without it. "
            "Take the component that needs it (DIETClassifier, TEDPolicy, ResponseSelector ...) "
            "out of config.yml."
        )


class _InertType(type):
    """The type of every attribute: inert as a class, an error as a call."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _attribute(f"{cls.__module__}.{cls.__qualname__}", name)

    def __getitem__(cls, _: object) -> _InertType:
        return cls

    def __call__(cls, *_: object, **__: object) -> Any:
        raise TensorFlowAbsentError(f"{cls.__module__}.{cls.__qualname__}")


@cache  # the same name is the same class, so that issubclass holds
def _attribute(owner: str, name: str) -> Any:
    if name in _DECORATORS:
        return _decorator
    return _InertType(name, (), {"__module__": owner, "__qualname__": name})


def _decorator(*args: Any, **_: object) -> Any:
    """Work as `@tf.function` and as `@register_keras_serializable(...)` alike."""
    if len(args) == 1 and callable(args[0]):
        return args[0]

    def keep(target: Callable[..., Any]) -> Callable[..., Any]:
        return target

    return keep


class _InertModule(ModuleType):
    """A submodule such as tensorflow.keras.callbacks, made when it is imported."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _attribute(self.__name__, name)


class _InertFinder(MetaPathFinder, Loader):
    """Finds keras and every submodule, so that `from tensorflow.x.y import z` works."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the signature of a finder
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in _PACKAGES:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the module's attributes are made on demand."""


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _attribute(__name__, name)


if not any(isinstance(finder, _InertFinder) for finder in sys.meta_path):
    sys.meta_path.append(_InertFinder())
