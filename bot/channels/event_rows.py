"""The rows of the `events` table of one conversation: what a turn asks of them and adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SessionStarted
from sqlalchemy import bindparam, func, insert, or_, select

from bot.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql import ColumnElement, Select

EVENTS: Final[Table] = SQLTrackerStore.SQLEvent.__table__
_ADDED: Final = ("sender_id", "type_name", "timestamp", "intent_name", "action_name", "data")
_AT_ONCE: Final = 100  # rows in one statement
_HERE: Final = EVENTS.c.sender_id == bindparam("who")


class EventRows:
    """Statements on one database; each takes a cursor of it (`bot.prepared`)."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        last = select(EVENTS.c.id).where(_HERE).order_by(EVENTS.c.id.desc()).limit(1)
        self._last = Prepared(last, dialect)
        self._count = Prepared(_of_latest_session(func.count()), dialect)
        self._latest = Prepared(_of_latest_session(EVENTS.c.data).order_by(EVENTS.c.id), dialect)
        self._all = Prepared(select(EVENTS.c.data).where(_HERE).order_by(EVENTS.c.id), dialect)
        self._inserts: dict[int, Prepared] = {}

    def last(self, cursor: Any, conversation_id: str) -> int | None:
        """The id of a conversation's last row; None when there is none."""
        rows = self._last.rows(cursor, who=conversation_id)
        return rows[0][0] if rows else None

    def count(self, cursor: Any, conversation_id: str) -> int:
        """How many events its latest session has."""
        return int(self._count.rows(cursor, who=conversation_id)[0][0])

    def read(self, cursor: Any, conversation_id: str, *, all_sessions: bool) -> list[str]:
        """Its events as they were written, in their order; usually of the latest session only."""
        chosen = self._all if all_sessions else self._latest
        return [row[0] for row in chosen.rows(cursor, who=conversation_id)]

    def add(self, cursor: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows, in their order; each has a value for every column but the id."""
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            if len(some) not in self._inserts:
                self._inserts[len(some)] = Prepared(_insert_of(len(some)), self._dialect)
            self._inserts[len(some)].run(
                cursor,
                **{
                    f"{column}_{place}": row[column]
                    for place, row in enumerate(some)
                    for column in _ADDED
                },
            )


def _insert_of(count: int) -> Any:
    return insert(EVENTS).values(
        [{column: bindparam(f"{column}_{place}") for column in _ADDED} for place in range(count)]
    )


def _of_latest_session(wanted: ColumnElement[Any]) -> Select:
    """A query over what happened since the latest session of a conversation began."""
    begins = _HERE & (EVENTS.c.type_name == SessionStarted.type_name)
    began = select(func.max(EVENTS.c.timestamp)).where(begins).scalar_subquery()
    return select(wanted).where(_HERE, or_(began.is_(None), EVENTS.c.timestamp >= began))
