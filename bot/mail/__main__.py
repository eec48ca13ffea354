"""python -m bot.mail: the outbox for an administrator, and the worker as a process of its own."""

from __future__ import annotations

import sys

from bot.mail.command_line import main

sys.exit(main())
