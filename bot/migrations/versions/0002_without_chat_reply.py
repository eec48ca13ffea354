"""No table for replies any more: what was answered stands in the conversation itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remove the table; nothing ever wrote to it."""
    op.drop_table("chat_reply")


def downgrade() -> None:
    """Make it again, empty."""
    op.create_table(
        "chat_reply",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("response", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat_reply"),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name="uq_chat_reply_conversation_id_client_id"
        ),
    )
    op.create_index("ix_chat_reply_created_at", "chat_reply", ["created_at"])
