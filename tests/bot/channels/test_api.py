"""The conversation API over HTTP, on the trained model with the real actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.trial.client import Client, RefusedError, Visit
from tests.bot.channels.shape import assert_error, assert_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.served import Served

pytestmark = pytest.mark.model


def _topics(messages: list[dict[str, Any]]) -> list[str]:
    return [message["topic"] for message in messages]


@pytest.mark.parametrize(
    ("wanted", "accepted", "spoken"),
    [
        ("nl", "fr", "nl"),
        ("fr", "nl", "fr"),
        (None, "fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        (None, "nl;q=0.5, fr;q=0.7", "fr"),
        (None, "en-GB,en", "nl"),
        (None, "fr;q=x, ;;q=,", "nl"),
        (None, "", "nl"),
    ],
)
def test_a_conversation_begins_in_the_language_asked_for(
    api: Client, wanted: str | None, accepted: str, spoken: str
) -> None:
    body = {"language": wanted}

    answer = api.call("POST", "/chat/sessions", body, headers={"Accept-Language": accepted})

    assert (answer.status, answer.json["language"]) == (201, spoken)
    assert {message["language"] for message in answer.json["messages"]} == {spoken}
    assert _topics(answer.json["messages"]) == ["welcome"]
    assert_headers(answer)


@pytest.mark.parametrize(
    ("language", "question"),
    [("nl", "Tot wanneer kon ik indienen?"), ("fr", "Jusqu'à quand pouvait-on déposer ?")],
)
def test_a_question_is_answered_with_its_source(api: Client, language: str, question: str) -> None:
    (answer, *_) = Visit(api, language).say(question)

    assert (answer["topic"], answer["language"]) == ("faq/deadline", language)
    assert "31" in answer["text"]
    assert answer["source"] == answer["sources"][0]
    assert set(answer["source"]) == {"title", "date"}


def test_a_choice_means_what_its_label_says(visit: Visit) -> None:
    offered = visit.last[-1]["choices"]

    said = visit.choose(0)

    history = visit.history()
    assert (history[0]["chosen"], history[0]["choices"]) == (offered[0]["id"], offered)
    assert (history[1]["sender"], history[1]["text"]) == ("visitor", offered[0]["label"])
    assert [message["id"] for message in history[2:]] == [message["id"] for message in said]


def test_the_history_is_what_was_said(visit: Visit) -> None:
    said = [visit.last, visit.say("hallo", "client-id-1"), visit.say("dank u", "client-id-2")]

    history = visit.history()

    assert [message["client_id"] for message in history if message["sender"] == "visitor"] == [
        "client-id-1",
        "client-id-2",
    ]
    assistant = [message for message in history if message["sender"] == "assistant"]
    assert assistant == [message | {"rating": None} for turn in said for message in turn]
    assert sorted(history, key=lambda message: str(message["time"])) == history


def test_a_message_sent_twice_is_answered_once(visit: Visit) -> None:
    first = visit.call("POST", "/chat/messages", {"text": "budget?", "client_id": "twice-0001"})
    visit.say("hallo")
    before = visit.history()

    again = visit.call("POST", "/chat/messages", {"text": "budget?", "client_id": "twice-0001"})

    assert again.json == first.json
    assert visit.history() == before


def test_a_client_id_is_a_matter_of_one_conversation(api: Client) -> None:
    one, other = Visit(api, "nl"), Visit(api, "nl")

    said = [visit.say("budget?", "the-same-1") for visit in (one, other)]

    assert said[0][0]["id"] != said[1][0]["id"]


@pytest.mark.parametrize("text", ["/restart", "/faq/deadline", '/inform{"theme": "1"}', "/\n/stop"])
def test_text_that_looks_like_a_command_is_text(api: Client, text: str) -> None:
    visit = Visit(api, "nl")

    visit.say(text)

    assert visit.history()[1]["text"] == text


@pytest.mark.parametrize("text", ["/\n/session_start", "//session_start", "/ \t /session_start"])
def test_a_command_is_never_obeyed(visit: Visit, text: str) -> None:
    visit.say("Wat is het budget?")

    visit.say(text)

    assert len(visit.history()) >= 5  # nothing before it is gone


def test_cleaned_text_is_what_is_kept(visit: Visit) -> None:
    visit.say("  hal\u200blo \u202e<b>daar</b>\r\n ")

    assert visit.history()[1]["text"] == "hallo <b>daar</b>"


def test_the_language_switches_and_the_errors_with_it(visit: Visit, api: Client) -> None:
    visit.say("Wat is het budget?")

    said = visit.switch_language("fr")

    assert {message["language"] for message in said} == {"fr"}
    assert "faq/budget" in _topics(said)
    assert_error(visit.call("POST", "/chat/messages", {}), "malformed", "fr")
    refused = api.call("POST", "/chat/sessions", {"language": "fr", "page": "x"})
    assert_error(refused, "malformed", "nl")


def test_the_language_of_a_conversation_follows_what_is_written(visit: Visit) -> None:
    visit.say("Quel était le budget de l'appel à projets ?")

    assert_error(visit.call("PUT", "/chat/language", {"language": "de"}), "malformed", "fr")


def test_a_rating_stands_in_the_history(visit: Visit) -> None:
    message = visit.say("Wat is het budget?")[0]["id"]

    def rate(rating: str | None) -> tuple[int, list[Any]]:
        answer = visit.call("PUT", f"/chat/messages/{message}/rating", {"rating": rating})
        return answer.status, [one["rating"] for one in visit.history() if one["id"] == message]

    assert [rate("up"), rate("down"), rate(None)] == [(204, ["up"]), (204, ["down"]), (204, [None])]


def test_only_an_answer_of_this_conversation_can_be_rated(visit: Visit, api: Client) -> None:
    other = Visit(api, "nl").last[0]["id"]
    visit.say("hallo")
    own = visit.history()[1]["id"]

    for message in (other, own, "none", "%2e%2e", "a" * 65):
        answer = visit.call("PUT", f"/chat/messages/{message}/rating", {"rating": "up"})
        assert_error(answer, "not_found")


def test_a_crash_is_an_error_and_leaves_no_trace(
    visit: Visit, app: Served, crashing: Callable[[str], None]
) -> None:
    before = visit.history()
    crashing("action_explain")

    with pytest.raises(RefusedError) as refused:
        visit.say("Wat is een vte?")

    assert_error(refused.value.answer, "internal")
    assert visit.history() == before
    assert _topics(visit.say("Wat is het budget?"))[0] == "faq/budget"


@pytest.fixture
def crashing(app: Served) -> Iterator[Callable[[str], None]]:
    """Have one of the real actions crash, until the end of the test."""
    actions = app.app.ctx.agent.action_endpoint.executor.actions
    real = dict(actions)

    def crash(dispatcher: Any, tracker: Any, domain: Any) -> None:
        raise KeyError("a slot that is not there")

    yield lambda name: actions.update({name: crash})
    actions.update(real)
