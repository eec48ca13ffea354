"""The first tables: outbox, chat_session, chat_reply, rating."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables in an empty database."""
    _make_outbox()
    _make_chat_session()
    _make_chat_reply()
    _make_rating()


def downgrade() -> None:
    """Remove the tables with everything in them."""
    for table in ("rating", "chat_reply", "chat_session", "outbox"):
        op.drop_table(table)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("message_id", sa.String(255), nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("subject", sa.String(600), nullable=False),
        sa.Column("text_body", sa.Text, nullable=False),
        sa.Column("html_body", sa.Text, nullable=False),
        sa.Column("reply_to", sa.String(320), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        _moment("next_attempt_at"),
        sa.Column("last_error_code", sa.String(20)),
        sa.Column("last_error_text", sa.String(500)),
        sa.Column("claimed_by", sa.String(120)),
        _moment("claimed_at", nullable=True),
        _moment("created_at"),
        _moment("sent_at", nullable=True),
        _moment("purge_after"),
        sa.Column("question_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sa.UniqueConstraint("reference", "kind", name="uq_outbox_reference_kind"),
        sa.CheckConstraint(
            "state IN ('held', 'queued', 'sending', 'sent', 'failed')", name="ck_outbox_state"
        ),
        sa.CheckConstraint("kind IN ('handoff', 'confirmation')", name="ck_outbox_kind"),
    )
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id"])
    op.create_index("ix_outbox_question_hash", "outbox", ["question_hash"])
    op.create_index("ix_outbox_state_next_attempt_at", "outbox", ["state", "next_attempt_at"])


def _make_chat_session() -> None:
    op.create_table(
        "chat_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("page", sa.Text),
        sa.Column("cookie", sa.Boolean, nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("last_seen_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_chat_session"),
        sa.UniqueConstraint("conversation_id", name="uq_chat_session_conversation_id"),
    )
    op.create_index("ix_chat_session_address_hash", "chat_session", ["address_hash"])
    op.create_index("ix_chat_session_expires_at", "chat_session", ["expires_at"])


def _make_chat_reply() -> None:
    op.create_table(
        "chat_reply",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("response", sa.JSON, nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_chat_reply"),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name="uq_chat_reply_conversation_id_client_id"
        ),
    )
    op.create_index("ix_chat_reply_created_at", "chat_reply", ["created_at"])


def _make_rating() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("rating", sa.String(4), nullable=False),
        sa.Column("comment", sa.Text),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_rating"),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name="uq_rating_conversation_id_message_id"
        ),
        sa.CheckConstraint("rating IN ('up', 'down')", name="ck_rating_rating"),
    )
    op.create_index("ix_rating_created_at", "rating", ["created_at"])
