/** Asks before something is lost: a modal dialog, so that the browser holds the focus in it; Escape is "no". */
import type { Language } from "../message";
import type { TextName } from "../texts";
import { attr, h, textButton } from "./dom";
import type { Asked } from "./header-view";
import { translate } from "./translate";

const WORDS: Record<Asked, [ask: TextName, told: TextName, yes: TextName]> = {
  erase: ["eraseAsk", "eraseTold", "eraseYes"],
  restart: ["restartAsk", "restartTold", "restartYes"],
};

export class ConfirmView {
  readonly element: HTMLDialogElement;
  readonly #ask = h("h3", { class: "confirm-title", id: "confirm-title" });
  readonly #told = h("p", { id: "confirm-text" });
  readonly #yes: HTMLButtonElement;
  #act: () => void = () => {};

  constructor() {
    const no = textButton("secondary", "cancel", () => this.element.close());
    this.#yes = textButton("primary", "eraseYes", () => {
      this.element.close();
      this.#act();
    });
    const props = { role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" };
    const buttons = h("p", { class: "confirm-buttons" }, no, this.#yes);
    this.element = h("dialog", { class: "confirm", ...props }, this.#ask, this.#told, buttons);
  }

  /** Shows the question, with the focus on the harmless answer; does `act` after a "yes". */
  ask(what: Asked, language: Language, act: () => void): void {
    [this.#ask, this.#told, this.#yes].forEach((element, index) => attr(element, "data-say", WORDS[what][index]));
    // Before it is shown: the question is read out as the focus comes.
    translate(this.element, language);
    this.#act = act;
    this.element.showModal();
  }
}
