"""Who may enter which conversation: unguessable tokens, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.database import writing
from bot.erasing import erasing
from bot.prepared import Prepared, cursor_of
from bot.tables import chat_session, rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Table
    from sqlalchemy.engine import Engine

TOKEN_BYTES: Final = 32  # 256 random bits
# When a visitor was last seen is kept to the minute: not worth a write at every message.
_SEEN_PRECISION: Final = timedelta(minutes=1)
_FOUND: Final = select(  # the fields of a Session, in their order
    chat_session.c.conversation_id,
    chat_session.c.language,
    chat_session.c.page,
    chat_session.c.expires_at,
    chat_session.c.last_seen_at,
).where(chat_session.c.token_hash == bindparam("hash"))


@dataclass(frozen=True)
class Session:
    """One visit: its conversation and until when its token opens it."""

    conversation_id: str
    language: str
    page: str | None
    expires_at: datetime
    last_seen_at: datetime


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(timezone.utc)


class Sessions:
    """Issues, finds and ends visits in the database."""

    def __init__(self, engine: Engine, hours: int, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._found = Prepared(_FOUND, engine.dialect)
        self._life = timedelta(hours=hours)
        self._clock = clock
        # Dies with the process: nobody can find out later which address a visit came from.
        self._address_key = secrets.token_bytes(32)

    def issue(
        self, *, language: str, page: str | None, cookie: bool, network: str
    ) -> tuple[str, Session]:
        """Begin a visit; the token is returned once and cannot be read back."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        session = Session(secrets.token_hex(16), language, page, now + self._life, now)
        row = {
            "token_hash": _hash(token),
            "conversation_id": session.conversation_id,
            "language": language,
            "page": page,
            "cookie": cookie,
            "address_hash": self._address_hash(network),
            "created_at": now,
            "expires_at": session.expires_at,
            "last_seen_at": now,
        }
        with writing(self._engine) as connection:
            connection.execute(insert(chat_session).values(**row))
        return token, session

    def find(self, token: str) -> Session | None:
        """The visit a token opens; None for a token that is unknown, ended or expired."""
        with cursor_of(self._engine) as cursor:
            rows = self._found.rows(cursor, hash=_hash(token))
        session = Session(*rows[0]) if rows else None
        return session if session and session.expires_at > self._clock() else None

    def open_from(self, network: str) -> int:
        """How many visits from one network have neither ended nor expired."""
        counted = select(func.count()).where(
            chat_session.c.address_hash == self._address_hash(network),
            chat_session.c.expires_at > self._clock(),
        )
        with self._engine.connect() as connection:
            return int(connection.execute(counted).scalar_one())

    def seen(self, session: Session, language: str) -> None:
        """Remember that the visitor was here, and the language of the conversation now."""
        now = self._clock()
        if language == session.language and now - session.last_seen_at < _SEEN_PRECISION:
            return
        here = chat_session.c.conversation_id == session.conversation_id
        with writing(self._engine) as connection:
            connection.execute(
                update(chat_session).where(here).values(language=language, last_seen_at=now)
            )

    def end(self, conversation_id: str, *others: Table) -> None:
        """End a visit and delete what is kept of it, at once: token, ratings and other tables.

        `others` name the conversation in a column `sender_id`.
        """
        with erasing(self._engine) as connection:
            for table in (chat_session, rating):
                here = table.c.conversation_id == conversation_id
                connection.execute(delete(table).where(here))
            for table in others:
                connection.execute(delete(table).where(table.c.sender_id == conversation_id))

    def rate(
        self, conversation_id: str, message_id: str, value: str | None, comment: str | None
    ) -> None:
        """Keep, change or take back (None) the rating of one answer."""
        here = (rating.c.conversation_id == conversation_id) & (rating.c.message_id == message_id)
        row = {
            "conversation_id": conversation_id,
            "message_id": message_id,
            "rating": value,
            "comment": comment,
            "created_at": self._clock(),
        }
        with writing(self._engine) as connection:
            connection.execute(delete(rating).where(here))
            if value is not None:
                connection.execute(insert(rating).values(**row))

    def ratings(self, conversation_id: str) -> dict[str, str]:
        """The ratings of a conversation by the id of the message."""
        chosen = select(rating.c.message_id, rating.c.rating).where(
            rating.c.conversation_id == conversation_id
        )
        with self._engine.connect() as connection:
            return {row.message_id: row.rating for row in connection.execute(chosen)}

    def _address_hash(self, network: str) -> str:
        return hmac.new(self._address_key, network.encode(), hashlib.sha256).hexdigest()


def _hash(token: str) -> str:
    # A token is random, so a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
