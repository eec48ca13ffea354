/** One line above the input about the state of things: offline, not working, expired, deleted. */
import { linkParts } from "../links";
import { MAILBOX, say } from "../texts";
import { attr, button, h, holdsFocus } from "./dom";
import { icon } from "./icons";
import type { Actions, Model } from "./model";

interface Notice {
  text: string;
  button: "retry" | "restart" | null;
}

export class NoticeView {
  readonly element: HTMLElement;
  readonly #text = h("span", { class: "notice-text" });
  readonly #button: HTMLButtonElement;
  #shown: Notice | null = null;

  constructor(readonly actions: Actions) {
    this.#button = button("small", () => this.#press());
    this.element = h("div", { class: "notice", hidden: true }, icon("alert"), this.#text, this.#button);
  }

  update(model: Model): void {
    const notice = noticeOf(model);
    const news = notice !== null && notice.text !== this.#shown?.text;
    // A notice that settles itself must not take the focus along.
    if (holdsFocus(this.element) && !notice?.button) this.actions.focusInput();
    this.#shown = notice;
    this.element.hidden = notice === null;
    this.#button.hidden = !notice?.button;
    attr(this.#button, "data-say", notice?.button);
    if (!news) return;
    this.#text.replaceChildren(
      ...linkParts(notice.text).map(({ href, text }) => (href ? h("a", { href }, text) : text)),
    );
    if (model.open) this.actions.announceText(notice.text);
  }

  #press(): void {
    this.actions.focusInput();
    if (this.#shown!.button === "retry") void this.actions.talk.open();
    else this.actions.restart();
  }
}

function noticeOf({ online, phase, problem, language }: Model): Notice | null {
  if (!online) return { text: say(language, "offline"), button: null };
  if (phase === "unavailable")
    return { text: problem || say(language, "unavailable", { mailbox: MAILBOX }), button: "retry" };
  if (phase === "expired") return { text: say(language, "expired"), button: "restart" };
  if (phase === "ended") return { text: say(language, "erased"), button: "restart" };
  return null;
}
