/** The input: grows with its text, sends with Enter, counts near the limit and never cuts anything off. */
import { wholeNumber } from "../formats";
import type { Language } from "../message";
import { say } from "../texts";
import { aside, attr, h, write } from "./dom";
import { icon } from "./icons";
import type { Actions, Model } from "./model";

const LIMIT = 1_000;
const COUNT_FROM = 900;

export class ComposerView {
  readonly element: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  readonly #counter = h("p", { class: "counter", id: "counter", hidden: true });
  readonly #send: HTMLButtonElement;
  readonly #actions: Actions;
  #language: Language = "nl";
  #told: "counter" | "tooLong" | null = null;

  constructor(actions: Actions, draft: string) {
    this.#actions = actions;
    const props = { id: "input", class: "input", rows: 1, dir: "auto", enterkeyhint: "send", autocomplete: "off" };
    this.input = h("textarea", { ...props, "data-hint": "placeholder" });
    this.input.value = draft;
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => this.#press(event));
    this.#send = h("button", { type: "submit", class: "send" }, icon("send"), aside("send"));
    const label = h("label", { class: "aside", for: "input", "data-say": "input" });
    const row = h("div", { class: "composer-row" }, label, this.input, this.#send);
    const submit = (event: Event): void => this.#submit(event);
    this.element = h("form", { class: "composer", novalidate: true, submit }, this.#counter, row);
  }

  update({ language }: Model): void {
    this.#language = language;
    this.#count();
  }

  /** Puts text back that could not be sent, in front of what was typed since. */
  giveBack(text: string): void {
    this.input.value = [text, this.input.value].filter(Boolean).join("\n");
    this.#changed();
  }

  /** Fits the height to the text; to be called when the input has come into view. */
  fit(): void {
    const { input } = this;
    input.style.height = "auto";
    if (input.scrollHeight) input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  }

  #changed(): void {
    this.fit();
    this.#count();
    this.#actions.talk.store.remember({ draft: this.input.value });
  }

  /** Counted as the server counts: an emoji is one character. */
  #count(): void {
    const count = [...this.input.value.trim()].length;
    const text = count > LIMIT ? "tooLong" : count >= COUNT_FROM ? "counter" : null;
    const number = (value: number): string => wholeNumber(value, this.#language);
    const values = { count: number(count), limit: number(LIMIT), over: number(count - LIMIT) };
    this.#counter.hidden = !text;
    this.#counter.classList.toggle("too-long", text === "tooLong");
    if (text) write(this.#counter, say(this.#language, text, values));
    attr(this.input, "aria-describedby", text && "counter");
    attr(this.input, "aria-invalid", text === "tooLong" && "true");
    attr(this.#send, "aria-disabled", text === "tooLong" && "true");
    // Said when the limit comes near and when it is passed, not at every letter.
    if (text && text !== this.#told) this.#actions.announce(text, values);
    this.#told = text;
  }

  #press(event: KeyboardEvent): void {
    // While a word is being composed, Enter chooses it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.input.value.trim();
    // The counter says why.
    if (this.#told === "tooLong") return;
    if (!text) return;
    this.input.value = "";
    this.#changed();
    this.#actions.talk.send(text);
  }
}
