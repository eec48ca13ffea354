"""Structured logs on standard error, for people (console) or for machines (json)."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs(form: str) -> None:
    """Set the one format; the text of messages is never logged."""
    renderer = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for name in ("rasa", "sanic.root", "sanic.error", "sqlalchemy", "alembic", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
