"""Each test runs in a process of its own: what is imported cannot be un-imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.settings import PROJECT

pytestmark = pytest.mark.services


def _run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


_NOT_LOADED = (
    "sklearn.base",
    "scipy.sparse.csr",
    "matplotlib.cm",
    "spacy.cli.train",
    "spacy.pipeline.ner",
    "spacy.training.corpus",
    "typer",
    "cryptography",
    "redis.connection",
    "prompt_toolkit.application",
    "twilio.rest.api",
    "setuptools",
)
_PUT_OFF = "import sys; from bot.late_imports import put_off; put_off(); "


def test_the_server_starts_without_what_only_training_needs() -> None:
    loaded = _run(
        _PUT_OFF + "import rasa.core.agent, spacy, rasa.nlu.test, bot.server, bot.nlu.fallback;"
        f"print([name for name in {_NOT_LOADED} if name in sys.modules])"
    )

    assert loaded == "[]"


@pytest.mark.parametrize(
    ("program", "printed"),
    [
        (
            (
                "from rasa.utils.tensorflow.model_data import train_test_split;"
                "a, b = train_test_split(list(range(10)), test_size=3, random_state=1);"
                "print(len(a), len(b))"
            ),
            "7 3",
        ),
        (
            (
                "from rasa.utils.plotting import FormatStrFormatter;"
                "print(FormatStrFormatter('%d').fmt)"
            ),
            "%d",
        ),
        ("import rasa.core.agent, sklearn.linear_model as l; print(l.Ridge().alpha)", "1.0"),
        ("import matplotlib.colors as c; print(c.to_hex('red'))", "#ff0000"),
        ("import spacy.cli; from spacy.cli.info import info; print(callable(info))", "True"),
        ("import spacy; print(spacy.blank('nl')('Een kmo')[1])", "kmo"),
        ("import rasa.core.agent, scipy.linalg as l; print(l.norm([3, 4]))", "5.0"),
        ("import scipy.sparse; print(scipy.sparse.csr_matrix([[0, 7]]).nnz)", "1"),
        ("import jwt; print(jwt.decode(jwt.encode({}, 'k'), 'k', algorithms=['HS256']))", "{}"),
        ("import google.auth.transport.requests as r; print(callable(r.Request))", "True"),
        (
            (
                "import scipy.sparse; kind = scipy.sparse.spmatrix; print(isinstance(1, kind),"
                "isinstance(scipy.sparse.csr_matrix([[0]]), kind), isinstance(1, kind))"
            ),
            "False True False",
        ),
        (
            "import sklearn; from sklearn.metrics import accuracy_score as a; print(a([1], [1]))",
            "1.0",
        ),
    ],
)
def test_what_is_put_off_is_there_when_it_is_used(program: str, printed: str) -> None:
    assert _run(_PUT_OFF + program) == printed


def test_what_is_loaded_already_stays() -> None:
    printed = _run(
        "import sklearn; before = sklearn; " + _PUT_OFF + "import sklearn; print(sklearn is before)"
    )

    assert printed == "True"
