"""The committed artifact: which files it has, and that they are the ones that were made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ARTIFACT = Path(__file__).resolve().parent / "artifact"
MODEL, TOKENIZER, SEAL = "encoder.onnx", "tokenizer.json", "artifact.json"
SEALED = (MODEL, TOKENIZER)
REMEDY = (
    "Restore the folder from the repository (git checkout -- bot/encoder/artifact), "
    "or make it anew with make encoder."
)


class ArtifactError(RuntimeError):
    """The encoder's files cannot be used; says which, why and what would help."""


@dataclass(frozen=True)
class Origin:
    """What an artifact was made from and how: enough to make it again."""

    recipe: str
    examples: int
    examples_sha256: str
    settings: dict[str, Any]
    versions: dict[str, str]
    figures: dict[str, Any]
    sentences: int  # that it was taught on, none of them an example
    sentences_sha256: str


def seal(directory: Path, origin: Origin) -> None:
    """Write down the checksums of the files beside what they were made from."""
    files = {name: sha256_of(directory / name) for name in SEALED}
    content = {"sha256": files, "made_from": asdict(origin)}
    (directory / SEAL).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def verified(directory: Path) -> dict[str, str]:
    """The sha256 of each file by name, once every file has proved to be the sealed one.

    Raises:
        ArtifactError: the seal or a file is missing, or a file is not what was sealed.
    """
    expected = _read_seal(
        directory, lambda seal: {name: str(seal["sha256"][name]) for name in SEALED}
    )
    for name, digest in expected.items():
        path = directory / name
        if not path.is_file():
            raise ArtifactError(f"{path} is missing. {REMEDY}")
        found = sha256_of(path)
        if found != digest:
            raise ArtifactError(
                f"{path} is damaged: its sha256 is {found[:12]}..., but {SEAL} names "
                f"{digest[:12]}.... {REMEDY}"
            )
    return expected


def origin_of(directory: Path) -> Origin:
    """What the artifact in this folder was made from.

    Raises:
        ArtifactError: the seal is missing, or it does not say so.
    """
    return _read_seal(directory, lambda seal: Origin(**seal["made_from"]))


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_seal(directory: Path, part: Callable[[Any], T]) -> T:
    path = directory / SEAL
    if not path.is_file():
        raise ArtifactError(f"{path} is missing: the sentence encoder cannot be trusted. {REMEDY}")
    try:
        return part(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise ArtifactError(f"{path} cannot be read ({error!r}). {REMEDY}") from error
