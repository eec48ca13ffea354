"""When a mail that could not be delivered is tried again, and when that stops: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class RetryPlan:
    """The waits between attempts: each longer than the one before, up to the longest.

    As it stands the last of the attempts comes some four days after the first: an outage of the
    mail server over a long weekend loses nothing.
    """

    first: timedelta = timedelta(minutes=1)
    factor: float = 2.0
    longest: timedelta = timedelta(hours=4)
    attempts: int = 32
    spread: float = 0.2

    def wait(self, attempts: int, jitter: float) -> timedelta | None:
        """Return how long to wait after so many attempts, or None to give up.

        ``jitter``, from 0 up to 1, spreads the mails that failed together over the time around
        the next attempt, so that they do not all come back in one moment.
        """
        if attempts >= self.attempts:
            return None
        # The exponent is bounded before it is used: 2.0 ** 5000 is an error, not a long wait.
        growth = self.factor ** min(attempts - 1, 64)
        wait = min(self.first.total_seconds() * growth, self.longest.total_seconds())
        return timedelta(seconds=wait * (1 + self.spread * (2 * jitter - 1)))
