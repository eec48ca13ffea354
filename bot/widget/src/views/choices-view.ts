/** The choices under a message: one tab stop with arrow keys; once answered they stay to be read, never to be taken. */
import type { Entry } from "../entries";
import { attr, aside, button, h } from "./dom";
import { icon } from "./icons";
import { unbroken } from "./rich-text";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class ChoicesView {
  readonly element: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #chosen = aside("chosen");
  #open = false;

  constructor(entry: Entry, take: (id: string) => void) {
    // A toolbar is what screen readers know as a row of buttons that arrow keys move through.
    this.element = h("div", {
      class: "choices",
      role: "toolbar",
      "data-label": "choices",
      keydown: (event) => this.#move(event as KeyboardEvent),
    });
    for (const { id, label } of entry.message.choices) {
      const act = (): void => this.#take(id, take);
      const choice = button("choice", act, icon("check"), h("span", { dir: "auto" }, ...unbroken(label)));
      choice.addEventListener("focus", () => this.#stopAt(choice));
      this.#buttons.set(id, choice);
    }
    this.element.append(...this.#buttons.values());
  }

  /** Shows which choices may be taken and which one was. */
  update({ choosable, taken }: Entry): void {
    const opened = choosable && taken === null;
    for (const [id, choice] of this.#buttons) {
      attr(choice, "aria-disabled", opened ? null : "true");
      if (choice.classList.toggle("chosen", id === taken)) choice.lastElementChild!.after(this.#chosen);
    }
    if (taken === null) this.#chosen.remove();
    if (opened !== this.#open || !opened) this.#stopAt(opened ? [...this.#buttons.values()][0] : undefined);
    this.#open = opened;
  }

  /** Closed at once, before anything is sent: a second click or tap finds nothing to take. */
  #take(id: string, take: (id: string) => void): void {
    if (!this.#open) return;
    this.#open = false;
    take(id);
  }

  #stopAt(stop: HTMLButtonElement | undefined): void {
    for (const choice of this.#buttons.values()) choice.tabIndex = choice === stop ? 0 : -1;
  }

  #move(event: KeyboardEvent): void {
    const buttons = [...this.#buttons.values()];
    const here = buttons.indexOf(event.target as HTMLButtonElement);
    const ends: Record<string, number> = { Home: 0, End: buttons.length - 1 };
    const step = STEPS[event.key];
    const there = step === undefined ? ends[event.key] : here + step;
    if (here < 0 || there === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[there]?.focus();
  }
}
