"""The README's map is true: each path it names is there, each command it names exists."""

import re

import pytest

from bot.settings import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")
_PATH = re.compile(r"`((?:data|bot|actions|tests|docs)/[\w./-]*|domain\.yml|config\.yml)`")
PATHS = sorted({*_PATH.findall(README), *re.findall(r"\]\((\w[\w./-]*)\)", README)})
COMMANDS = sorted(set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE)))


@pytest.mark.parametrize("path", PATHS)
def test_each_path_of_the_readme_is_there(path: str) -> None:
    assert (PROJECT / path).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_is_a_target(command: str) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")

    assert re.search(rf"^{command}:", makefile, re.MULTILINE)


def test_a_path_that_is_not_there_would_be_seen() -> None:
    assert not (PROJECT / "data/no_such_file.yml").exists()
    assert len(PATHS) > 20
