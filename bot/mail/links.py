"""Links that visitors typed: shown as text that no mail reader turns into something to click."""

from __future__ import annotations

import re
from typing import Final

# The hosts of the assistant's own words; a link to one of them may stay whole.
TRUSTED_HOSTS: Final = frozenset(
    {
        "autoriteprotectiondonnees.be",
        "cardstop.be",
        "ccb.belgium.be",
        "clarinval.belgium.be",
        "economie.fgov.be",
        "febelfin.be",
        "gegevensbeschermingsautoriteit.be",
        "police.be",
        "safeonweb.be",
    }
)
# The endings of domains, besides those of countries, that mail readers know.
_ENDINGS: Final = (
    "com|net|org|info|biz|edu|gov|int|app|dev|xyz|top|site|online|shop|store|click|link|live|"
    "brussels|vlaanderen|gent|cloud|tech|zip|mov|icu|club|work|world|page|pro|name|mobi|agency"
)
# In all of these but an address a mail reader sees a link. Every repetition is bounded, so that
# the time to read a text grows with its length alone.
_LINK: Final = re.compile(
    r"(?P<address>[\w.+'-]{1,64}@[\w.-]{1,255})"
    r"|[a-z][a-z0-9+.-]{1,20}:/\S+"
    r"|www\.\S+"
    r"|\\\\(?=\w)"
    rf"|(?<!\w)(?:\w[\w-]{{0,62}}\.){{1,9}}(?:{_ENDINGS}|[a-z]{{2}})(?!\.?[\w@-])\S*",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)", re.IGNORECASE)
_INNER_DOT: Final = re.compile(r"\.(?=\w)")


def without_links(text: str, *, trusted: bool = False) -> str:
    """Break every link so that it can be read but not clicked: https[:]//example[.]be.

    With ``trusted`` the links to TRUSTED_HOSTS stay whole: only for words that are not a
    visitor's. E-mail addresses are never touched.
    """

    def broken(match: re.Match[str]) -> str:
        link = match.group()
        if match["address"] or (trusted and _is_trusted(link)):
            return link
        return _INNER_DOT.sub("[.]", link.replace("\\\\", "[\\\\]").replace(":/", "[:]/"))

    return _LINK.sub(broken, text)


def _is_trusted(link: str) -> bool:
    host = _HOST.match(link)
    return host is not None and host[1].lower().rstrip(".,;:!)") in TRUSTED_HOSTS
