"""Links as text that nobody can click: bot/mail/links.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.links import TRUSTED_HOSTS, without_links

BROKEN = [
    ("https://evil.example/x", "https[:]//evil[.]example/x"),
    ("HTTP://EVIL.BE", "HTTP[:]//EVIL[.]BE"),
    ("zie https://evil.be/brochure.zip.", "zie https[:]//evil[.]be/brochure[.]zip."),
    ("(www.evil.be)", "(www[.]evil[.]be)"),
    ("www.evil.unheardof", "www[.]evil[.]unheardof"),
    ("evil.be", "evil[.]be"),
    ("evil.com/pad?a=b.c", "evil[.]com/pad?a=b[.]c"),
    ("sub.evil.co.uk:8080/x", "sub[.]evil[.]co[.]uk:8080/x"),
    ("_evil.be -evil.be .evil.be", "_evil[.]be -evil[.]be .evil[.]be"),
    ("formulier.zip", "formulier[.]zip"),
    ("ftp://evil.be file:///etc/passwd", "ftp[:]//evil[.]be file[:]///etc/passwd"),
    ("javascript://x", "javascript[:]//x"),
    (r"\\server\share", r"[\\]server\share"),
    ("https://user@evil.be/", "https[:]//user@evil[.]be/"),
    ("café.be", "café[.]be"),
    ("jan@x.be:https://evil.be", "jan@x.be:https[:]//evil[.]be"),
    ("https://economie.fgov.be/nl", "https[:]//economie[.]fgov[.]be/nl"),
]
KEPT = [
    "Wij zijn een vzw. Kunnen wij meedoen?",
    "o.a. 10.600.000 euro, m.b.t. thema 3, t.e.m. 31.10.2022",
    "7.5 vte, 49.01 %, versie 2.0",
    "mail naar jan.peeters@bakkerij-peeters.be aub",
    "info.be@evil.zip",
    "12:30, 1/2, en/of, a:b, c:/map",
    "vzw.Kunnen wij?",
    "C4S-2026-7F3K9Q",
    "...be",
]


@pytest.mark.parametrize(("text", "broken"), BROKEN)
def test_without_links_breaks(text: str, broken: str) -> None:
    assert without_links(text) == broken


@pytest.mark.parametrize("text", KEPT)
def test_without_links_keeps(text: str) -> None:
    assert without_links(text) == text


@pytest.mark.parametrize("host", sorted(TRUSTED_HOSTS))
@pytest.mark.parametrize("form", ["https://{}", "https://www.{}/nl/a.html?b#c", "{}", "http://{}."])
def test_the_assistants_own_links_may_stay_whole(host: str, form: str) -> None:
    text = f"Zie {form.format(host)} voor meer."

    assert without_links(text, trusted=True) == text
    assert without_links(text) != text


@pytest.mark.parametrize(
    "link",
    [
        "https://economie.fgov.be.evil.com",
        "https://economie.fgov.be@evil.com",
        "https://economie.fgov.be:x@evil.com",
        "https://evil.com/economie.fgov.be",
        "https://evil-economie.fgov.be",
        "https://economie.fgov.be%2eevil.com",
        "https://economie.fgov.be\\@evil.com",
        "ftp://economie.fgov.be",
        "https://belgium.be",
    ],
)
def test_a_link_that_only_looks_trusted_is_broken(link: str) -> None:
    assert without_links(link, trusted=True) == without_links(link)
    assert "[" in without_links(link)


@given(st.text(alphabet="abe.:/@\\w- ", max_size=80))
def test_nothing_that_was_broken_is_a_link_again(text: str) -> None:
    once = without_links(text)

    assert without_links(once) == once


@pytest.mark.parametrize("text", ["a." * 50_000, "a-" * 50_000, "http:/" * 20_000, "a" * 100_000])
def test_without_links_is_quick_with_a_long_text(text: str) -> None:
    """A pattern that tries over and over would take minutes over one of these."""
    without_links(text)
