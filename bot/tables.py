"""The tables of the database. What changes here needs a migration: docs/mail.md, "The tables"."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator):
    """A moment: takes only datetimes that know their zone, and gives them back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a moment without a zone: nobody could tell what it means."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"{value} has no time zone. Pass a datetime in UTC."
            raise ValueError(message)
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """SQLite forgets the zone; what was written was UTC."""
        del dialect
        if value is None:
            return None
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The mails: a row before it is an act. docs/mail.md tells what each state means.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", String(20), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("conversation_id", String(255), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("state", String(8), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("subject", String(600), nullable=False),
    Column("text_body", Text, nullable=False),
    Column("html_body", Text, nullable=False),
    Column("reply_to", String(320), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("last_error_code", String(20)),
    Column("last_error_text", String(500)),
    Column("claimed_by", String(120)),
    Column("claimed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("purge_after", UtcDateTime, nullable=False),
    Column("question_hash", String(64), nullable=False, index=True),
    UniqueConstraint("reference", "kind"),
    CheckConstraint("state IN ('held', 'queued', 'sending', 'sent', 'failed')", name="state"),
    CheckConstraint("kind IN ('handoff', 'confirmation')", name="kind"),
    Index(None, "state", "next_attempt_at"),
)

# The visits: only a hash of the token is kept, so that the table lets nobody in.
chat_session = Table(
    "chat_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("conversation_id", String(255), nullable=False, unique=True),
    Column("language", String(2)),
    Column("page", Text),
    Column("cookie", Boolean, nullable=False),
    Column("address_hash", String(64), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("last_seen_at", UtcDateTime, nullable=False),
)

rating = Table(
    "rating",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("rating", String(4), nullable=False),
    Column("comment", Text),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("conversation_id", "message_id"),
    CheckConstraint("rating IN ('up', 'down')", name="rating"),
)
