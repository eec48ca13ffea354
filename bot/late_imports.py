"""What Rasa and spaCy import at their start and this server never calls.

For the server these modules are put off: a name taken from one of them imports the real one when
it is called, and so does the import of any other part of the package. Nothing can tell the
difference, except that the process starts a second sooner and is 90 MB smaller.
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
    # What training and reports compute with.
    "sklearn": (
        "sklearn.feature_extraction",
        "sklearn.feature_extraction.text",
        "sklearn.linear_model",
        "sklearn.model_selection",
    ),
    "scipy": ("scipy.sparse",),
    "matplotlib": ("matplotlib.ticker",),
    "pkg_resources": (),
    # Tracebacks in colours; ours are plain (bot/logs.py).
    "rich": ("rich.console", "rich.traceback"),
    # spaCy without its pipelines: only its words and tokenizers are used.
    "spacy.cli": ("spacy.cli.info",),
    "spacy.language": ("spacy.pipeline", "spacy.training"),
    "langcodes": (),
    # Templates for the files of new migrations; a server applies those there are.
    "mako": ("mako.exceptions", "mako.template"),
    # Channels, stores, locks, brokers and schedules that are not ours.
    "aiogram": ("aiogram.types", "aiogram.utils", "aiogram.utils.exceptions"),
    "apscheduler": ("apscheduler.schedulers", "apscheduler.schedulers.asyncio"),
    "cachecontrol": (),
    "fbmessenger": (
        "fbmessenger.attachments",
        "fbmessenger.elements",
        "fbmessenger.quick_replies",
        "fbmessenger.sender_actions",
    ),
    "boto3": ("boto3.dynamodb", "boto3.dynamodb.conditions"),
    "google": (
        "google.auth",
        "google.auth.transport",
        "google.auth.transport.requests",
        "google.oauth2",
        "google.oauth2.id_token",
    ),
    "jwt": ("jwt.algorithms", "jwt.exceptions"),
    "prompt_toolkit": ("prompt_toolkit.styles",),
    "pymongo": ("pymongo.collection",),
    "questionary": (),
    "redis": ("redis.client",),
    "requests": (),
    "slack_sdk": ("slack_sdk.errors", "slack_sdk.web", "slack_sdk.web.async_client"),
    "socketio": (),
    "twilio": (
        "twilio.base",
        "twilio.base.exceptions",
        "twilio.rest",
        "twilio.twiml",
        "twilio.twiml.voice_response",
    ),
    "webexteamssdk": (),
}


# spaCy's parts import each other in a circle. With its languages it begins in the pipeline;
# without them it must begin in the tokens.
_LANGUAGES: Final = "spacy.language"
_WITH_LANGUAGES: Final = "spacy.pipeline"
_WITHOUT_LANGUAGES: Final = "spacy.tokens"


class _Later:
    """A name of a module that was put off; to be called, and nothing else."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Let a class be built on it: channels of other services, which nobody opens here.

        Who makes a language of spaCy's means to use it.
        """
        del bases
        return (self._real(),) if self._module == _LANGUAGES else ()

    def __instancecheck__(self, instance: object) -> bool:
        """Of a class that nobody has imported there is no instance."""
        module = sys.modules.get(self._module)
        if module is None or isinstance(module, _PutOff):
            return False
        return isinstance(instance, getattr(module, self._name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._real()(*args, **kwargs)

    def _real(self) -> Any:
        bring_back(self._module)
        if self._module == _LANGUAGES:
            importlib.import_module(_WITH_LANGUAGES)
        return getattr(importlib.import_module(self._module), self._name)


class _PutOff(ModuleType):
    """Stands where the module would; it has no parts of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> _Later:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.__name__ == _LANGUAGES:
            importlib.import_module(_WITHOUT_LANGUAGES)
        return _Later(self.__name__, name)


class _Finder:
    """Comes last: another part of a package is wanted, so the real package is wanted."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        del path, target
        package = name.rpartition(".")[0]
        if not isinstance(sys.modules.get(package), _PutOff):
            return None
        bring_back(package)
        return importlib.util.find_spec(name)


def put_off() -> None:
    """Put off the modules that are not imported yet."""
    for package, parts in PUT_OFF.items():
        for name in (package, *parts):
            if package not in sys.modules or isinstance(sys.modules[package], _PutOff):
                sys.modules[name] = module = _PutOff(name)
                parent, _, own = name.rpartition(".")
                if isinstance(sys.modules.get(parent), _PutOff):
                    setattr(sys.modules[parent], own, module)
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)
    # packaging asks distutils for one function; with setuptools' own one, all of it would come.
    own_distutils = sys.modules.get("_distutils_hack")
    if own_distutils is not None:
        own_distutils.remove_shim()


def bring_back(module: str) -> None:
    """Have the next import of a module that was put off, and of its package, find the real one."""
    for package, parts in PUT_OFF.items():
        if module in (package, *parts):
            for name in (package, *parts):
                if isinstance(sys.modules.get(name), _PutOff):
                    del sys.modules[name]
