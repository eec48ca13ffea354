"""What the visitor's system asks for: own colours, no motion; and the conversation on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_eligibility import START
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.browser.chat import Chat

HELPFUL = {"nl": "Ja, nuttig", "fr": "Oui, utile"}
_EDGE = """one => {
    const {borderTopStyle, borderTopWidth} = getComputedStyle(one);
    return borderTopStyle === "none" ? 0 : parseFloat(borderTopWidth);
}"""
_COLOURS = """one => {
    const {color, backgroundColor} = getComputedStyle(one);
    return [color, backgroundColor];
}"""
_ENHANCED = """async () =>
    (await axe.run("cyber4sme-chat", {runOnly: ["color-contrast-enhanced"]})).violations
        .flatMap(({nodes}) => nodes.map(({target, any}) => [String(target), any[0].message]))"""
_MOVING = """element => element.getAnimations({subtree: true})
    .concat(element.shadowRoot.getAnimations())
    .filter((one) => one instanceof CSSAnimation).length"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_everything_has_an_edge_in_forced_colours(
    visit: Callable[..., Chat], language: str, theme: str
) -> None:
    chat = visit(language, forced_colors="active", color_scheme=theme)
    chat.say(DEADLINE[language][0])
    chat.choose(chat.open_choices().first.inner_text())

    parts = {
        name: chat.element.locator(selector).first
        for name, selector in {
            "send": ".send",
            "question": ".visitor .bubble",
            "answer": ".assistant .bubble",
            "header": ".header",
            "input": ".input",
            "choice": ".choice:not([aria-disabled])",
            "closed choice": ".choice[aria-disabled]:not(.chosen)",
        }.items()
    }
    assert {name: part.evaluate(_EDGE) > 0 for name, part in parts.items()} == dict.fromkeys(
        parts, True
    )
    # The chosen one is told from the others without the fill that it has not.
    chosen = chat.log.locator(".choice.chosen").first
    assert _border(chosen) != _border(parts["closed choice"])
    expect(chosen.locator(".icon-check")).to_be_visible()
    # The visitor's own ground, also under what was a fill.
    ground = chat.page.evaluate(
        """() => {
            const probe = document.body.appendChild(document.createElement("div"));
            probe.style.background = "Canvas";
            return getComputedStyle(probe).backgroundColor;
        }"""
    )
    assert parts["question"].evaluate(_COLOURS)[1] == ground
    chat.has_no_axe_findings()
    chat.page.screenshot(path=SCREENSHOTS / f"forced-colours-{language}-{theme}.png")


def _border(part: Locator) -> str:
    return str(part.evaluate("one => getComputedStyle(one).borderTopColor"))


@pytest.mark.parametrize(("contrast", "enough"), [("more", True), ("no-preference", False)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_seven_to_one_where_more_is_asked_for(
    visit: Callable[..., Chat], theme: str, contrast: str, *, enough: bool
) -> None:
    chat = visit("fr", color_scheme=theme, contrast=contrast)
    chat.say(DEADLINE["fr"][0])
    chat.has_no_axe_findings()

    assert (chat.page.evaluate(_ENHANCED) == []) is enough


@pytest.mark.parametrize(
    ("motion", "moves"), [("reduce", False), ("no-preference", True)], ids=["reduced", "usual"]
)
def test_nothing_moves_for_who_wants_no_motion(
    visit: Callable[..., Chat], motion: str, *, moves: bool
) -> None:
    chat = visit("nl", reduced_motion=motion)
    held = chat.hold_answers()

    chat.type(DEADLINE["nl"][0])

    dots = chat.element.locator(".typing .dots")
    expect(dots).to_be_visible()
    assert (chat.element.evaluate(_MOVING) > 0) is moves
    (route,) = held
    route.continue_()
    expect(chat.ours).to_have_count(2)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_paper_has_the_whole_conversation_and_nothing_to_press(
    visit: Callable[..., Chat], language: str, tmp_path: Path
) -> None:
    chat = visit(language, color_scheme="dark", viewport={"width": 700, "height": 420})
    chat.say(DEADLINE[language][0])
    chat.say(START[language])
    shown = chat.texts()

    chat.page.emulate_media(media="print")

    for part in ("textbox", "alert"):
        expect(chat.element.get_by_role(part)).to_have_count(0)
    for selector in (".composer", ".bar button", ".menu", ".feedback", ".jump"):
        assert chat.element.locator(selector).locator("visible=true").count() == 0
    expect(chat.log.get_by_role("button", name=HELPFUL[language])).to_have_count(0)
    assert chat.texts() == shown
    # Nothing is cut off: each part is as high as what is in it.
    for selector in (".panel", ".main", ".scroller"):
        assert chat.element.locator(selector).evaluate(
            "one => [one.scrollHeight - one.clientHeight, getComputedStyle(one).overflowY]"
        ) == [0, "visible"]
    inked = [chat.ours.last, chat.visitors.last, chat.ours.first.locator(".bubble")]
    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert [part.evaluate(_COLOURS)[0] for part in inked] == [black] * 3
    assert chat.visitors.last.locator(".bubble").evaluate(_COLOURS) == [black, white]
    paper = tmp_path / "conversation.pdf"
    chat.page.pdf(path=paper, print_background=True)
    assert paper.read_bytes().startswith(b"%PDF")
    # Back on the screen all is there again.
    chat.page.emulate_media(media="screen")
    expect(chat.input).to_be_visible()
