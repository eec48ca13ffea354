"""The one door for a question: from a Handoff to the rows of the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.mail.intake import Draft, IntakeRules, Receipt, Submission, enqueue
from bot.mail.message import write_confirmation, write_handoff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Engine

    from bot.mail.handoff import Handoff
    from bot.mail.message import Letter
    from bot.mail.outbox import Kind
    from bot.mail.route import Route
    from bot.settings import Settings


def hand_over(  # noqa: PLR0913 - all but the first three by name
    engine: Engine,
    settings: Settings,
    route: Route,
    *,
    handoff: Handoff,
    conversation_id: str,
    now: datetime,
    queue: bool = True,
) -> Receipt:
    """Put a question in the outbox, with a confirmation when the settings want one.

    "queued" in the receipt means that it will be sent, "held" that an administrator has to
    release it: there is no mail server, or ``queue`` is False. Nobody may call either "sent".

    Raises:
        ReferenceTakenError: make the handoff again with another reference.
        TooManyMailsError: the conversation has had its settings.mails_per_session questions.
    """

    def draft(kind: Kind, letter: Letter, recipient: str, reply_to: str) -> Draft:
        held = not queue or route.why_held(recipient) is not None
        return Draft(kind, recipient, reply_to, letter.subject, letter.text, letter.html, held)

    drafts = [draft("handoff", write_handoff(handoff), route.mailbox, handoff.email)]
    if settings.mail_confirmation:
        letter = write_confirmation(handoff, route.mailbox, settings.mail_retention_days)
        drafts.append(draft("confirmation", letter, handoff.email, route.mailbox))
    asked = handoff.question_hash()
    submission = Submission(
        handoff.reference, conversation_id, handoff.language, asked, tuple(drafts)
    )
    rules = IntakeRules(
        keep=timedelta(days=settings.mail_retention_days),
        per_conversation=settings.mails_per_session,
        domain=route.sender.domain,
    )
    return enqueue(engine, submission, rules, now)
