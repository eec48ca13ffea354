from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.cleaning import (
    _CLEAN,
    MAXIMUM_CHARACTERS,
    TextRefusedError,
    _cleaned,
    clean_text,
)
from bot.settings import PROJECT

# What visitors really send, and what people send who try things.
_TROUBLE = st.sampled_from(
    list("\u200b\u200c\u200d\u202e\u2066\u061c\ufeff\u00ad\u3164\u115f\u2800\u034f\U000e0041")
    + list("\ud800\udfff\ue000\ufffe\U0001ffff\x00\x07\x1b\x7f\x85\u2028\r\n\t\v \u00a0\u3000")
    + list("aZéß0½€½\u0301\u0302\u0489\ufe0f👩💻❤🔥🇧🇪שمक𝐁ｗⓐсаορΑ")
)
_TEXTS = st.text(st.one_of(_TROUBLE, st.characters()), max_size=60)


def _visitor_messages() -> list[str]:
    lines: list[str] = []
    for file in sorted((PROJECT / "tests" / "visitor_messages").glob("*.tsv")):
        lines += [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()[1:]]
    return lines


def test_visitor_messages_stay_as_they_are() -> None:
    lines = _visitor_messages()

    assert len(lines) > 300
    assert [clean_text(line) for line in lines] == [" ".join(line.split()) for line in lines]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tot wanneer?\n", "Tot wanneer?"),
        ("regel één\r\nregel twee\rdrie", "regel één\nregel twee\ndrie"),
        ("een\n\n\n \n\ntwee", "een\n\ntwee"),
        ("vóór  \n  na", "vóór\n  na"),
        ("a\tb\x00c\x1b[31md", "a b c [31md"),
        ("«\u00a0l’État\u00a0»", "« l’État »"),
        ("E\u0301tat", "État"),
        # what turns the reading direction, or cannot be seen
        ("mail \u202egro.live\u202c nu", "mail gro.live nu"),
        ("\u2067אב\u2069 cd", "אב cd"),
        ("k\u200bm\ufeffo\u00ad \U000e0041", "kmo"),
        ("\u3164a\u115f\u2800b\u034f", "ab"),
        ("a\ud800b\ue000c\ufffed", "abcd"),
        # what is dressed up as something else
        ("𝐆𝐫𝐚𝐭𝐢𝐬 ｇｅｌｄ ⓗⓘⓔⓡ", "Gratis geld hier"),
        ("есоnоmіе.fgov.be", "economie.fgov.be"),
        ("pαypαl", "paypal"),
        ("z\u0301\u0302\u0303\u0304\u0305a", "ź\u0302\u0303\u0304a"),
    ],
)
def test_clean_text_takes_away(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "<script>alert(1)</script> & {slot}",
        "49,5 % van 1.234 €, ½ vte, ’s middags",
        "Привет, мир",  # a whole word in its own script is no disguise
        "αβγ-test en Ωmega",
        "שלום עולם",
        "می‌خواهم",  # the joiner shapes these letters
        "क्‍ष",
        "👩‍💻 en ❤️‍🔥 en 👍🏽 en 🇧🇪",
        "🫨🫠",  # newer than the tables of this Python
        "???",
        "e\u0323\u0302\u0301n",
    ],
)
def test_clean_text_leaves(typed: str) -> None:
    assert clean_text(typed) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    "typed", ["", " \n\t ", "\u200b", "\u3164\u2800", "\u0301\u0301", "\u202e\u200d", "\ud800"]
)
def test_clean_text_refuses_nothing_to_see(typed: str) -> None:
    with pytest.raises(TextRefusedError) as refused:
        clean_text(typed)

    assert refused.value.code == "malformed"


def test_clean_text_counts_characters() -> None:
    longest = "é" * MAXIMUM_CHARACTERS

    assert clean_text(longest) == longest
    with pytest.raises(TextRefusedError) as refused:
        clean_text(longest + "é")
    assert refused.value.code == "too_long"


def test_clean_text_counts_what_is_kept_as_well() -> None:
    with pytest.raises(TextRefusedError) as refused:
        clean_text("⑳" * 600)

    assert refused.value.code == "too_long"


@given(_TEXTS)
@example("\u200d\u0301")
@example("e\u200b\u0301")
def test_clean_text_is_safe_whatever_comes(typed: str) -> None:
    try:
        kept = clean_text(typed)
    except TextRefusedError as refused:
        assert refused.code == "malformed"
        return

    assert clean_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    assert 0 < len(kept) <= MAXIMUM_CHARACTERS
    categories = {unicodedata.category(one) for one in kept} - {"Cn"}
    assert categories.isdisjoint({"Cs", "Co", "Zl", "Zp"})
    assert {one for one in kept if unicodedata.category(one) in ("Cc", "Cf", "Zs")} <= set(
        "\n \u200c\u200d"
    )
    kept.encode("utf-8")


@given(st.from_regex(_CLEAN, fullmatch=True))
def test_what_is_taken_as_clean_needs_no_cleaning(text: str) -> None:
    assert _cleaned(text) == text.strip(" ")


@pytest.mark.parametrize("character", ["\n", "\t", "\u00a0", "\u200b", "\u0301", "×", "а", "ﬁ"])
def test_what_may_need_cleaning_is_not_taken_as_clean(character: str) -> None:
    assert not _CLEAN.fullmatch(f"a{character}b")
