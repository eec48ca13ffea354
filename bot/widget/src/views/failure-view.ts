/** Why a visitor's message was not sent, and what can be done about it. */
import type { Language } from "../message";
import type { Pending } from "../session-store";
import { say } from "../texts";
import { attr, h, textButton, write } from "./dom";
import { icon } from "./icons";
import type { Actions } from "./model";

export class FailureView {
  readonly element: HTMLElement;
  readonly #words = h("span");
  readonly #back: HTMLButtonElement;
  #pending: Pending | null = null;
  #language: Language = "nl";

  /** `stay` keeps the focus near when the buttons go away under it. */
  constructor(
    readonly actions: Actions,
    readonly stay: () => void,
  ) {
    const again = textButton("small stop", "again", () => this.#retry());
    this.#back = textButton("small stop", "edit", () => this.#withdraw());
    const buttons = h("p", { class: "failed-buttons" }, again, this.#back);
    this.element = h(
      "div",
      { class: "failed" },
      h("p", { class: "failed-words" }, icon("alert"), this.#words),
      buttons,
    );
  }

  update(pending: Pending | null, language: Language): void {
    this.#pending = pending;
    this.#language = language;
    this.element.hidden = pending?.state !== "failed";
    if (!pending) return;
    attr(this.#back, "data-say", pending.choice ? "cancel" : "edit");
    this.#tell(pending.reason || say(language, "noConnection"));
  }

  #tell(why: string): void {
    attr(this.#words, "lang", this.#language);
    write(this.#words, `${say(this.#language, "failed")} ${why}`);
  }

  #retry(): void {
    const seconds = this.actions.talk.retry(this.#pending!.clientId);
    if (!seconds) return this.stay();
    this.#tell(say(this.#language, "waitSeconds", { count: seconds }));
    this.actions.announce("waitSeconds", { count: seconds });
  }

  #withdraw(): void {
    this.actions.focusInput();
    this.actions.talk.withdraw(this.#pending!.clientId);
  }
}
