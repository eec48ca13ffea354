"""The real server, as `make run` and as `rasa run` start it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.settings import PREFIX, PROJECT, Settings
from bot.trial.client import Client, Visit
from bot.trial.server import TrialError, TrialServer
from tests.bot.channels.shape import assert_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.model

_SECRET = "mijn schoonbroer heeft het gedaan"


@contextmanager
def _client(server: TrialServer) -> Iterator[Client]:
    client = Client(server.url)
    yield client
    client.close()


def _children(process: int) -> list[str]:
    found = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return [line for line in found.stdout.splitlines() if not line.startswith("ps ")]


def test_it_says_where_it_is_and_answers_there(server: TrialServer) -> None:
    with _client(server) as client:
        answer = Visit(client, "nl").say("Tot wanneer kon ik indienen?")[0]

    assert answer["topic"] == "faq/deadline"
    ready, mail = server.output().splitlines()[:2]
    assert re.fullmatch(
        r"The assistant is ready after \d+\.\d s: http://127\.0\.0\.1:\d+/  "
        r"\(stop it with Ctrl-C\)",
        ready,
    )
    assert mail.startswith("Mail: held in the outbox, not sent.")


def test_it_is_one_process(server: TrialServer) -> None:
    assert _children(server.process.pid) == []


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_goes_on_where_it_was(tmp_path: Path, by: signal.Signals) -> None:
    server = TrialServer(tmp_path)
    server.start()
    with _client(server) as client:
        visit = Visit(client, "nl")
        visit.say("Wat is het budget?", "before-the-stop")
        before = visit.history()
    assert server.stop(by) == 0
    assert "Traceback" not in server.output()

    server.start()
    with _client(server) as client:
        visit._client = client
        assert visit.history() == before
        # What was answered before is not answered again.
        assert visit.say("Wat is het budget?", "before-the-stop") == [
            {name: value for name, value in message.items() if name != "rating"}
            for message in before
            if message["topic"] == "faq/budget"
        ]
    assert server.stop() == 0
    with pytest.raises(OSError, match="refused"), _client(server) as client:
        client.call("GET", "/health")


_STOPPED_AT_ONCE = """
import os, signal, socket, sys
from sanic import Sanic, response
from bot.server import run
app = Sanic("stopped_at_once", configure_logging=False)
app.add_route(lambda request: response.empty(), "/")
run(app, socket.create_server(("127.0.0.1", 0)), lambda: os.kill(os.getpid(), int(sys.argv[1])))
"""


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_comes_as_soon_as_it_is_ready_is_not_lost(by: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _STOPPED_AT_ONCE, str(int(by))],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_turn_that_runs_when_it_is_stopped_is_answered(tmp_path: Path) -> None:
    server = TrialServer(tmp_path)
    server.start()
    with _client(server) as client, _client(server) as other:
        visit = Visit(client, "nl")
        answered: list[Any] = []
        asking = threading.Thread(target=lambda: answered.extend(_ask_until_it_hangs_up(visit)))
        asking.start()
        while not other.call("GET", "/chat/messages", token=visit.token).json["messages"][2:]:
            pass  # until the first of them is answered
        status = server.stop()
        asking.join()

    assert status == 0
    assert {message["topic"] for message in answered} == {"faq/budget"}
    assert "Traceback" not in server.output()


def _ask_until_it_hangs_up(visit: Visit) -> Iterator[Any]:
    for _ in range(1000):
        try:
            yield visit.say("Wat is het budget?")[0]
        except OSError:
            return


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_log_has_no_words_of_visitors(tmp_path: Path, form: str) -> None:
    server = TrialServer(tmp_path, log_format=form)
    server.start()
    with _client(server) as client:
        visit = Visit(client, "nl")
        visit.say(_SECRET)
        visit.call("PUT", f"/chat/messages/{visit.last[0]['id']}/rating",
                   {"rating": "down", "comment": _SECRET})  # fmt: skip
        for method, path, body in (
            ("POST", "/chat/messages", {"text": _SECRET * 50}),
            ("POST", "/chat/messages", {"choice": _SECRET}),
            ("POST", "/chat/messages", {_SECRET: "x"}),
            ("POST", "/chat/messages", {"text": "ja", "client_id": _SECRET}),
            ("POST", "/chat/sessions", {"page": _SECRET}),
            ("POST", "/chat/sessions", {"language": _SECRET}),
            ("POST", "/chat/messages", _SECRET.encode()),
            ("GET", "/?vraag=" + _SECRET.replace(" ", "+"), None),
        ):
            visit.call(method, path, body)
        request = client.call("GET", "/health").headers["x-request-id"]
    server.stop()

    log = server.output()
    assert "schoonbroer" not in log
    assert "127.0.0.1:" not in log.split("\n", 1)[1]  # no visitor's address either
    assert request in log


def test_the_log_has_them_masked_where_that_is_asked_for(tmp_path: Path) -> None:
    with TrialServer(tmp_path, log_message_text="true") as server, _client(server) as client:
        Visit(client, "nl").say(f"{_SECRET}, mail jan@bakkerij.be")

    assert f"{_SECRET}, mail [e-mail]" in server.output()


def test_a_server_that_does_not_start_shows_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="LOG_FORMAT is 'xml'"):
        TrialServer(tmp_path, log_format="xml").start()


@pytest.fixture(scope="module")
def rasa_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`rasa run` with the files of the project; its address."""
    from bot.training import ensure_model

    settings = Settings.from_environment()
    model = ensure_model(settings.model_directory, progress=True)
    folder = tmp_path_factory.mktemp("rasa_run")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "rasa", "run", "-m", str(model), "-p", port,
         "-i", "127.0.0.1", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
        cwd=PROJECT,
        env=kept | {f"{PREFIX}DATA_DIRECTORY": str(folder), "RASA_TELEMETRY_ENABLED": "false"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    output: Any = process.stdout
    printed: list[str] = []
    for line in output:
        printed.append(line)
        if "server is up and running" in line:
            break
    assert process.poll() is None, "".join(printed)
    draining = threading.Thread(target=output.read)
    draining.start()
    _wait_until_it_listens(int(port))
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)
    draining.join()
    output.close()


def _wait_until_it_listens(port: int) -> None:
    """It says that it runs a moment before it listens."""
    for _ in range(1000):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.02)
    pytest.fail("rasa run does not listen")


def test_rasa_run_serves_the_same_channel_and_no_other(rasa_run: str) -> None:
    client = Client(rasa_run)
    visit = Visit(client, "fr")
    said = visit.say("Quel était le budget ?")

    assert said[0]["topic"] == "faq/budget"
    assert len(visit.history()) == 2 + len(said)
    for method, path in (
        ("POST", "/webhooks/rest/webhook"),
        ("POST", "/webhooks/chat/webhook"),
        ("GET", "/conversations/default/tracker"),
        ("GET", "/status"),
        ("POST", "/model/parse"),
        ("GET", "/socket.io/"),
    ):
        assert_error(client.call(method, path), "not_found")
    assert client.call("GET", "/ready").json["checks"] == {
        "model_loaded": True,
        "actions_reachable": False,  # no action server runs beside it
        "store_writable": True,
    }
    assert visit.call("DELETE", "/chat/sessions").status == 204
    assert_error(visit.call("GET", "/chat/messages"), "unauthorized")
    client.close()
