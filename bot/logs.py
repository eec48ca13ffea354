"""Structured logs on standard error, for people (console) or for machines (json).

Every line of the product, of Rasa and of the libraries takes the same way. Lines carry the id of
the request they belong to. What tells who somebody is is masked in all of them.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Any, Final, TextIO

import structlog

from bot.mail.masking import mask

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import Processor

OURS: Final = ("cyber4sme", "bot", "actions")
# Read by programs, never typed by anybody; masking them would only cost time.
_SAFE: Final = frozenset({"timestamp", "level", "logger", "request_id", "method", "code"})
_CONSOLE_WIDTH: Final = 20
_BEHIND: Final = 0.02  # seconds


def configure_logs(form: str, stream: TextIO | None = None, *, for_good: bool = False) -> None:
    """Set the one format; the text of messages is logged only by those asked to.

    `for_good`: it is not set again in this process, so that no logger needs to look for it anew
    (Rasa asks twenty times a message whether anybody wants to know).
    """
    stream = stream or sys.stderr
    steps: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _masked,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *steps,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=for_good,
    )
    handler = WrittenBehind(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(form, colours=stream.isatty()),
            ],
        )
    )
    # No line tells which line of which module wrote it, so nobody needs to look for it.
    logging._srcfile = None  # noqa: SLF001 - its documented switch
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    # Rasa tells its users what concerns only its makers.
    logging.getLogger("rasa").setLevel(logging.WARNING)


class WrittenBehind(logging.Handler):
    """Writes what is logged on an event loop a moment later, in one go.

    To write a line takes longer than to make it, for whoever reads it is woken each time; and
    visitors should not wait for either. Warnings and worse are written at once, with all before
    them, as is what is logged without a loop; what is left, when the process ends.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lines: list[str] = []
        self._writing_on: asyncio.AbstractEventLoop | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, and see to it that it is written."""
        try:
            self._lines.append(self.format(record))
        except Exception:  # noqa: BLE001 - as every handler: a log line must not end what it is about
            self.handleError(record)
        if record.levelno >= logging.WARNING or not self._is_written_later():
            self.flush()

    def flush(self) -> None:
        """Write all lines that are kept."""
        self.acquire()
        try:
            lines, self._lines, self._writing_on = self._lines, [], None
            if lines:
                self._stream.write("\n".join([*lines, ""]))
                self._stream.flush()
        finally:
            self.release()

    def _is_written_later(self) -> bool:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        # A loop that was ended writes nothing any more.
        if self._writing_on is not loop:
            self._writing_on = loop
            loop.call_later(_BEHIND, self.flush)
        return True


def hush_warnings() -> None:
    """Keep the warnings of libraries about their own age from standard error.

    A filter would not do: some of them set the filters anew.
    """
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def _renderer(form: str, *, colours: bool) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=colours,
        pad_event=_CONSOLE_WIDTH,
        # The default one would show the values of variables, and so what visitors typed.
        exception_formatter=structlog.dev.plain_traceback,
    )


def _masked(
    logger: Any,  # noqa: ARG001 - the signature of a processor
    name: str,  # noqa: ARG001
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    return {key: value if key in _SAFE else _mask(value) for key, value in line.items()}


def _mask(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [_mask(one) for one in value]
    if isinstance(value, dict):
        return {key: _mask(one) for key, one in value.items()}
    return value
