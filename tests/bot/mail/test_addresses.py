"""What visitors type where an e-mail address is asked for: bot/mail/addresses.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.addresses import Accepted, Refused, Suggested, check_address
from bot.mail.providers import PROVIDERS, REAL_DOMAINS, SLIPS

ACCEPTED = [
    ("jan@bakkerij.be", "jan@bakkerij.be"),
    ("  jan@bakkerij.be\n", "jan@bakkerij.be"),
    ("mijn mail is jan@bakkerij.be", "jan@bakkerij.be"),
    ("mijn mail is jan@bakkerij.be.", "jan@bakkerij.be"),
    ("jan@bakkerij.be, alvast bedankt!", "jan@bakkerij.be"),
    (
        "U mag antwoorden naar jan.peeters@kbc-groep.be of bellen naar 0476 12 34 56",
        "jan.peeters@kbc-groep.be",
    ),
    ("c'est marie.dupont@boulangerie-dupont.be !", "marie.dupont@boulangerie-dupont.be"),
    ("mon adresse : marie@asbl.org", "marie@asbl.org"),
    ("marie@asbl.org ou marie@asbl.org", "marie@asbl.org"),
    ("Jan Peeters <jan@bakkerij.be>", "jan@bakkerij.be"),
    ("mailto:jan@bakkerij.be", "jan@bakkerij.be"),
    ("(jan@bakkerij.be)", "jan@bakkerij.be"),
    ("«jan@bakkerij.be»", "jan@bakkerij.be"),
    ("'jan@bakkerij.be'", "jan@bakkerij.be"),
    ("JAN@BAKKERIJ.BE", "JAN@bakkerij.be"),
    ("jan+oproep@bakkerij.be", "jan+oproep@bakkerij.be"),
    ("o'brien@example.ie", "o'brien@example.ie"),
    ("info@mail.bakkerij.co.uk", "info@mail.bakkerij.co.uk"),
    ("info@xn--caf-dma.be", "info@café.be"),
    ("jan_de_bakker-1@bakkerij.brussels", "jan_de_bakker-1@bakkerij.brussels"),
    ("jan\u200b@bakkerij.be", "jan@bakkerij.be"),
    ("jan@bakkerij\u3002be", "jan@bakkerij.be"),
    ("jan\N{FULLWIDTH COMMERCIAL AT}bakkerij.be", "jan@bakkerij.be"),
    ("we zitten @ kantoor, mail jan@bakkerij.be", "jan@bakkerij.be"),
    *((f"jan@{domain}", f"jan@{domain}") for domain in sorted(REAL_DOMAINS)),
    # Other real names that look a little like a provider's.
    ("jan@vbo.be", "jan@vbo.be"),
    ("jan@fmail.be", "jan@fmail.be"),
    ("jan@olive.be", "jan@olive.be"),
    ("jan@case.be", "jan@case.be"),
    ("jan@postmail.be", "jan@postmail.be"),
    ("jan@maximus.be", "jan@maximus.be"),
    ("jan@economie.fgov.be", "jan@economie.fgov.be"),
    ("jan@ugent.be", "jan@ugent.be"),
]
PROVIDER_SLIPS = [
    ("gmial.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("gmaill.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gmail.cm", "gmail.com"),
    ("gmail.be", "gmail.com"),
    ("gmail", "gmail.com"),
    ("GMIAL.COM", "gmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("hotmal.be", "hotmail.be"),
    ("hotamil.be", "hotmail.be"),
    ("hormail.be", "hotmail.be"),
    ("outlok.com", "outlook.com"),
    ("outloook.be", "outlook.be"),
    ("telent.be", "telenet.be"),
    ("telnet.be", "telenet.be"),
    ("teelnet.be", "telenet.be"),
    ("telenet", "telenet.be"),
    ("telenet.com", "telenet.be"),
    ("skynt.be", "skynet.be"),
    ("skynet.b", "skynet.be"),
    ("proximsu.be", "proximus.be"),
    ("promixus.be", "proximus.be"),
    ("scarlett.be", "scarlet.be"),
    ("yaho.fr", "yahoo.fr"),
    ("yahooo.com", "yahoo.com"),
    ("iclod.com", "icloud.com"),
    ("voo", "voo.be"),
]
SUGGESTED = [
    ("jan at bakkerij punt be", Suggested("jan@bakkerij.be", "spoken")),
    ("mijn mail is jan at bakkerij punt be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan apenstaartje bakkerij punt be graag", Suggested("jan@bakkerij.be", "spoken")),
    ("jan punt peeters at gmail punt com", Suggested("jan.peeters@gmail.com", "spoken")),
    ("jan punt peeters at gmial punt com", Suggested("jan.peeters@gmail.com", "spoken")),
    ("marie arobase boulangerie point be", Suggested("marie@boulangerie.be", "spoken")),
    ("marie point dupont arobase skynet point be", Suggested("marie.dupont@skynet.be", "spoken")),
    (
        "marie tiret laure arobase ma tiret boite point be",
        Suggested("marie-laure@ma-boite.be", "spoken"),
    ),
    (
        "jan laag streepje peeters apenstaart bakkerij punt be",
        Suggested("jan_peeters@bakkerij.be", "spoken"),
    ),
    ("jan@gmail.con", Suggested("jan@gmail.com", "typing")),
    ("jan@gmial.con", Suggested("jan@gmail.com", "typing")),
    ("jan@bakkerij.comm", Suggested("jan@bakkerij.com", "typing")),
    ("jan@telenet.bee", Suggested("jan@telenet.be", "typing")),
    ("jan (at) bakkerij (punt) be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan[at]bakkerij[dot]be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan(@)bakkerij.be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan@bakkerij punt be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan at bakkerij.be", Suggested("jan@bakkerij.be", "spoken")),
    ("jan @ bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("mijn mail is jan @ bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@ bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@@bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@bakkerij,be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@bakkerij..be", Suggested("jan@bakkerij.be", "typing")),
    ("jan..peeters@bakkerij.be", Suggested("jan.peeters@bakkerij.be", "typing")),
    ("jan.@bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@.bakkerij.be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@bakkerij. be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@bakkerij;be", Suggested("jan@bakkerij.be", "typing")),
    ("jan@bakkerij.be,", Suggested("jan@bakkerij.be", "punctuation")),
    ("jan@bakkerij.be ;", Suggested("jan@bakkerij.be", "punctuation")),
    ("andré@boulangerie.be", Suggested("andre@boulangerie.be", "accents")),
    (
        "info@boulangérie.be",
        Suggested("info@boulangerie.be", "accents", given="info@xn--boulangrie-h7a.be"),
    ),
]
REFUSED = [
    ("", "no_address"),
    ("geen idee", "no_address"),
    ("waarom wilt u dat weten?", "no_address"),
    ("0476 12 34 56", "no_address"),
    ("@", "no_address"),
    ("@jan", "no_address"),
    ("we are at work", "no_address"),
    ("jan.bakkerij.be", "no_at"),
    ("mijn site is www.bakkerij.be", "no_at"),
    ("jan@bakkerij", "no_ending"),
    ("jan@localhost", "no_ending"),
    ("jan@bakkerij.b", "invalid"),
    ("jan@192.168.1.1", "invalid"),
    ("jan@-bakkerij.be", "invalid"),
    ("jan@bakkerij.invalid", "invalid"),
    (f"{'x' * 65}@bakkerij.be", "invalid"),
    ("jan@bakkerij.be en piet@slagerij.be", "several"),
    ("jan@bakkerij.be,piet@slagerij.be", "several"),
]


@pytest.mark.parametrize(("text", "address"), ACCEPTED)
def test_check_address_accepts(text: str, address: str) -> None:
    assert check_address(text) == Accepted(address)


@pytest.mark.parametrize(("typed", "meant"), PROVIDER_SLIPS)
def test_check_address_offers_the_provider_that_was_meant(typed: str, meant: str) -> None:
    reading = check_address(f"mijn mail is jan@{typed}")

    assert isinstance(reading, Suggested)
    assert (reading.address, reading.why) == (f"jan@{meant}", "provider")
    # Whoever insists may keep what was typed, when a mail could go there at all.
    assert reading.given == (
        f"jan@{typed.lower()}" if "." in typed and typed != "skynet.b" else None
    )


@pytest.mark.parametrize(("text", "suggested"), SUGGESTED)
def test_check_address_offers_what_was_probably_meant(text: str, suggested: Suggested) -> None:
    assert check_address(text) == suggested


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_check_address_refuses(text: str, why: str) -> None:
    assert check_address(text) == Refused(why)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["cyber4sme@economie.fgov.be", "CYBER4SME@economie.fgov.be", "cyber4sme at economie.fgov.be"],
)
def test_check_address_refuses_the_mailbox_itself(text: str) -> None:
    own = ("Cyber4sme@economie.fgov.be",)

    assert check_address(text, own) == Refused("own_mailbox")
    assert check_address("jan@economie.fgov.be", own) == Accepted("jan@economie.fgov.be")


def test_no_provider_is_taken_for_another_one() -> None:
    assert [check_address(f"a@{domain}") for domain in PROVIDERS] == [
        Accepted(f"a@{domain}") for domain in PROVIDERS
    ]


def test_every_slip_leads_to_a_real_domain() -> None:
    assert set(SLIPS.values()) <= REAL_DOMAINS
    assert set(SLIPS).isdisjoint(REAL_DOMAINS)


@given(st.text(max_size=300))
def test_check_address_reads_anything(text: str) -> None:
    check_address(text)


@given(st.text(alphabet="jan@.-, puntbe\n<>()", max_size=120))
def test_what_check_address_finds_it_accepts_again(text: str) -> None:
    reading = check_address(text)

    if not isinstance(reading, Refused):
        assert check_address(reading.address) in (
            Accepted(reading.address),
            Suggested(reading.address, "provider"),
        )


@pytest.mark.parametrize(
    "text", ["@" * 100_000, "a." * 50_000, "a at " * 20_000, "x@" * 50_000, "jan punt " * 10_000]
)
def test_check_address_is_quick_with_a_long_text(text: str) -> None:
    """A pattern that tries over and over would take minutes over one of these."""
    assert isinstance(check_address(text), Refused)
