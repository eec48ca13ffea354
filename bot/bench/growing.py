"""What must not grow: a turn late in a long conversation, and one beside many stored ones."""

from __future__ import annotations

import time
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bot.database import engine_for, writing
from bot.settings import Settings
from bot.trial.check import CHECK
from bot.trial.client import Client, Visit
from bot.trial.figures import percentile
from bot.trial.server import TrialError, milliseconds_since
from bot.trial.visitors import read_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

    from bot.bench.figures import Figures
    from bot.trial.server import TrialServer

TURNS: Final = 500
_ROUNDS: Final = 5
_QUESTIONS: Final = 2  # after each check
_LANGUAGE: Final = "nl"
_TURNS_A_ROUND: Final = len(CHECK[_LANGUAGE]) + _QUESTIONS
_LEAVE: Final = "stop"  # the interview in which a visitor's sentence may have ended
_SHORTEST: Final = "SELECT sender_id FROM events GROUP BY sender_id ORDER BY count(*) LIMIT 1"
# A conversation that is there, again and again under other names.
_COPY_EVENTS: Final = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
SELECT 'stored-' || n, type_name, timestamp, intent_name, action_name, data
FROM numbers, (SELECT * FROM events WHERE sender_id = :model ORDER BY id)
"""
_COPY_VISITS: Final = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
INSERT INTO chat_session (token_hash, conversation_id, language, page, cookie, address_hash,
                          created_at, expires_at, last_seen_at)
SELECT 'stored-' || n, 'stored-' || n, language, page, cookie, 'stored-' || n,
       created_at, expires_at, last_seen_at
FROM numbers, (SELECT * FROM chat_session WHERE conversation_id = :model)
"""


def long_conversation(server: TrialServer) -> Figures:
    """The last of 500 turns beside the same turns in new conversations, one by one.

    They are checks and questions, and answered alike: a turn of an interview takes longer than a
    question, in a new conversation as well.

    Raises:
        TrialError: a turn was answered in another way than the same one in a new conversation.
    """
    sentences = read_sentences()[_LANGUAGE]
    client = Client(server.url)
    visit = Visit(client, _LANGUAGE)
    for sentence in islice(cycle(sentences), TURNS - 1 - _ROUNDS * _TURNS_A_ROUND):
        visit.say(sentence)
    visit.say(_LEAVE)
    late, fresh = [], []
    for number in range(_ROUNDS):
        young = Visit(client, _LANGUAGE)
        questions = sentences[_QUESTIONS * number : _QUESTIONS * (number + 1)]
        for sentence in (*CHECK[_LANGUAGE], *questions):
            late.append(_timed(visit, sentence))
            fresh.append(_timed(young, sentence))
            if [one["text"] for one in visit.last] != [one["text"] for one in young.last]:
                raise TrialError(f"{sentence!r} was answered in another way late than at first.")
    client.close()
    server.stop()
    server.start()
    visit.go_on(Client(server.url))
    first = _timed(visit, sentences[0])
    return {
        "long_p50": round(percentile(late, 50), 1),
        "long_new_p50": round(percentile(fresh, 50), 1),
        "long_ratio": round(percentile(late, 50) / percentile(fresh, 50), 2),
        "long_first_after_restart": round(first, 1),
    }


def many_conversations(server: TrialServer, count: int) -> Figures:
    """One visitor's messages before and after so many conversations were put into the store."""
    _alone(server)
    before = _alone(server)
    Visit(Client(server.url), _LANGUAGE).say(read_sentences()[_LANGUAGE][0])
    engine = engine_for(Settings(data_directory=server.folder).database)
    store_copies(engine, count)
    engine.dispose()
    server.stop()
    server.start()
    # Meanwhile the daily look for old conversations, which begins at the start, ends.
    _alone(server)
    after = _alone(server)
    return {
        "stored_conversations": count,
        "stored_empty_p50": round(percentile(before, 50), 1),
        "stored_p50": round(percentile(after, 50), 1),
        "stored_ratio": round(percentile(after, 50) / percentile(before, 50), 2),
    }


def store_copies(engine: Engine, count: int) -> None:
    """Put copies of the shortest conversation that is there into the store."""
    with writing(engine) as connection:
        model = connection.execute(text(_SHORTEST)).scalar_one()
        for statement in (_COPY_EVENTS, _COPY_VISITS):
            connection.execute(text(statement), {"count": count, "model": model})


def _alone(server: TrialServer) -> Sequence[float]:
    client = Client(server.url)
    visits = [Visit(client, _LANGUAGE) for _ in range(10)]
    sentences = read_sentences()[_LANGUAGE][: 10 * len(visits)]
    times = [_timed(visit, one) for visit, one in zip(cycle(visits), sentences, strict=False)]
    client.close()
    return times


def _timed(visit: Visit, sentence: str) -> float:
    started = time.perf_counter()
    visit.say(sentence)
    return milliseconds_since(started)
