"""The size of the packages of a lock file, of those only, with all that is in their folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bench.disk import environment_megabytes

if TYPE_CHECKING:
    from pathlib import Path


def test_packages_of_the_lock_are_counted(tmp_path: Path) -> None:
    lock, empty = tmp_path / "some.lock", tmp_path / "empty.lock"
    lock.write_text("numpy==1.22.3 \\\n    --hash=sha256:0\nno-such-package==1.0\n", "utf-8")
    empty.write_text("# numpy==1.22.3\n", "utf-8")

    assert 10 < environment_megabytes(lock) < 200
    assert environment_megabytes(empty) == 0
