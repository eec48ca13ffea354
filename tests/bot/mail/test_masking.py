"""What must not stand in a log, and what must: bot/mail/masking.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.masking import mask

MASKED = [
    # addresses
    ("mail naar jan.peeters@bakkerij-peeters.be aub", "mail naar [e-mail] aub"),
    ("JAN+X@SUB.BAKKERIJ.BE,", "[e-mail],"),
    ("andré@boulangerie.be", "[e-mail]"),
    ("jan at bakkerij punt be", "[e-mail]"),
    ("jan at bakkerij.be", "[e-mail]"),
    ("marie arobase boulangerie point be", "[e-mail]"),
    # telephone numbers
    ("0476 12 34 56", "[telephone]"),
    ("bel 0476/12.34.56 morgen", "bel [telephone] morgen"),
    ("0476/123456", "[telephone]"),
    ("0476123456", "[telephone]"),
    ("gsm:0476-12-34-56.", "gsm:[telephone]."),
    ("476 12 34 56", "[telephone]"),
    ("0476 123 456", "[telephone]"),
    ("02 123 45 67", "[telephone]"),
    ("02/123.45.67", "[telephone]"),
    ("021234567", "[telephone]"),
    ("016 12 34 56", "[telephone]"),
    ("016/12 34 56", "[telephone]"),
    ("078 170 170", "[telephone]"),
    ("0800 12 345", "[telephone]"),
    ("+32 476 12 34 56", "[telephone]"),
    ("00 32 476 12 34 56", "[telephone]"),
    ("+32476123456", "[telephone]"),
    ("(+32) 476 12 34 56", "[telephone]"),
    ("+32 (0)476 12 34 56", "[telephone]"),
    ("0032 2 123 45 67", "[telephone]"),
    ("+31 6 12345678", "[telephone]"),
    ("06-12345678", "[telephone]"),
    ("+33 3 20 12 34 56", "[telephone]"),
    ("03 20 12 34 56", "[telephone]"),
    ("+352 621 123 456", "[telephone]"),
    ("0476\u00a012\u202f34\u00a056", "[telephone]"),
    # national register numbers, those of this century included, and a formal one with a slip
    ("85.07.30-033.28", "[national number]"),
    ("85 07 30 033 28", "[national number]"),
    ("85073003328", "[national number]"),
    ("17.07.30-033.84", "[national number]"),
    ("17073003384", "[national number]"),
    ("85.07.30-033.29", "[national number]"),
    # accounts
    ("BE68 5390 0754 7034", "[account]"),
    ("BE68539007547034", "[account]"),
    ("be68-5390-0754-7034", "[account]"),
    ("BE68 5390 0754 7034 is mijn rekening", "[account] is mijn rekening"),
    ("BE69 5390 0754 7034", "[account]"),
    ("NL91 ABNA 0417 1643 00 en bel", "[account] en bel"),
    ("NL92 ABNA 0417 1643 00", "[account]"),
    ("GB29 NWBK 6016 1331 9268 19", "[account]"),
    ("FR14 2004 1010 0505 0001 3M02 606", "[account]"),
    ("DE89370400440532013000.", "[account]."),
    # company numbers
    ("0123.456.749", "[company number]"),
    ("0123456749", "[company number]"),
    ("0123 456 749", "[company number]"),
    ("BE 0123.456.749", "[company number]"),
    ("BE0123456749", "[company number]"),
    ("BTW BE 123.456.749", "BTW [company number]"),
    ("0123.456.700", "[company number]"),
    ("1000.000.064", "[company number]"),
    # several at once
    (
        "Jan, 0476 12 34 56, jan@bakkerij.be, 0123.456.749",
        "Jan, [telephone], [e-mail], [company number]",
    ),
]
KEPT = [
    "31/10/2022",
    "31.10.2022",
    "31-10-2022",
    "2022-10-31",
    "01/02/2023",
    "01/02/2023 14:05",
    "05 10 2022",
    "27 juli 2022 tot 31 oktober 2022",
    "van 01/07/2022 tot 31/10/2022",
    "2026-11-22T13:05:07.123456+00:00",
    "10,6 miljoen euro",
    "10.600.000 euro",
    "€ 1.250,00",
    "1 250 000,50 €",
    "100 000 000 euro",
    "+10 600 000 euro",
    "49 %",
    "49,01%",
    "0,49",
    "0.49",
    "1210 Brussel",
    "B-1210 Bruxelles",
    "Vooruitgangstraat 50, bureau 04B23/24",
    "C4S-2026-7F3K9Q",
    "thema 1 tem 5",
    "1 op 5",
    "7,5 vte",
    "4 nationale en 1 gewestelijke",
    "ISO 27001:2022",
    "192.168.1.10",
    "85073003329",  # eleven digits, wrong check digits
    "1234567891",  # ten digits, wrong check digits
    "FR14 appels de projets pour les PME",  # the length of an account number
    "AB12CDEF34567890",  # an article number
    "BE 2022",
    "@cyber4sme",
    "we are at work",
    "let's meet at 10.30",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_mask_hides(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", KEPT)
def test_mask_keeps(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", [text for text, _ in MASKED])
def test_mask_hides_within_a_sentence(text: str) -> None:
    masked = mask(f"Hallo, dit is: {text}! Groeten.")

    assert masked == f"Hallo, dit is: {mask(text)}! Groeten."
    assert mask(masked) == masked


@given(st.text(max_size=300))
def test_mask_takes_anything(text: str) -> None:
    mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "0" * 100_000,
        "a@" * 50_000,
        "+1 " * 30_000,
        "BE68" * 20_000,
        "a at " * 20_000,
        "12 " * 30_000,
    ],
)
def test_mask_is_quick_with_a_long_text(text: str) -> None:
    """A pattern that tries over and over would take minutes over one of these."""
    mask(text)
