"""Statements of every turn, compiled once and run on the driver itself.

SQLAlchemy makes a statement, a connection and a result anew each time: five to twenty times what
the database takes for a row that is found by its index. Everything else goes on through it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

from bot.database import begin_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy.engine import Dialect, Engine
    from sqlalchemy.sql import ClauseElement

    _Processor = Callable[[Any], Any]

_SQLITE: Final = "sqlite"


class Prepared:
    """A statement with parameters, in the words of one kind of database."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        """Compile it; its columns tell how values are written and read (moments, for example)."""
        compiled = statement.compile(dialect=dialect)
        self._words = str(compiled)
        self._fixed = compiled.params
        self._places = compiled.positiontup  # None where parameters have names
        self._writers = _known(
            (name, bound.type.dialect_impl(dialect).bind_processor(dialect))
            for bound, name in compiled.bind_names.items()
        )
        self._readers = _known(
            (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for place, column in enumerate(getattr(statement, "selected_columns", ()))
        )

    def run(self, cursor: Any, **values: Any) -> None:
        """Run it; values by the names of its parameters."""
        given = {**self._fixed, **values}
        for name, write in self._writers.items():
            given[name] = write(given[name])
        if self._places is None:
            cursor.execute(self._words, given)
        else:
            cursor.execute(self._words, [given[place] for place in self._places])

    def rows(self, cursor: Any, **values: Any) -> list[tuple[Any, ...]]:
        """Run it and give all rows that it finds."""
        self.run(cursor, **values)
        found = cursor.fetchall()
        if not self._readers:
            return list(found)
        return [
            tuple(
                self._readers[place](value) if place in self._readers else value
                for place, value in enumerate(row)
            )
            for row in found
        ]


@contextmanager
def cursor_of(engine: Engine, *, writing: bool = False) -> Iterator[Any]:
    """A cursor of the driver, for one statement that reads or one transaction that writes.

    A transaction commits at the end, and rolls back on an exception. On SQLite it takes the write
    lock at its start, and outlives the end of this process, but not a power failure in the next
    second; that spares waiting for the disk (`bot.database.writing` waits).

    Raises:
        DBAPIError: the driver failed; the values of the statement are not shown.
    """
    connection = engine.raw_connection()
    cursor = connection.cursor()
    try:
        if writing and engine.dialect.name == _SQLITE:
            begin_writing(connection.info, cursor.execute, durable=False)
        yield cursor
        if writing:
            connection.commit()
    except engine.dialect.dbapi.Error as error:
        raise DBAPIError(None, None, error, hide_parameters=True) from error
    finally:
        connection.close()  # back to the pool, which rolls back what was not committed


def _known(processors: Iterable[tuple[Any, _Processor | None]]) -> dict[Any, _Processor]:
    return {key: processor for key, processor in processors if processor is not None}
