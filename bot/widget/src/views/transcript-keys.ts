/**
 * The keyboard in the transcript: one tab stop, arrow keys from message to message, Enter into a message.
 * Open choices and "send again" are reached with Tab alone: they are what a visitor is waiting for.
 */
import { holdsFocus } from "./dom";

export class TranscriptKeys {
  readonly #log: HTMLElement;
  #stop: HTMLElement | null = null;

  constructor(log: HTMLElement) {
    this.#log = log;
    log.addEventListener("keydown", (event) => this.#press(event));
    log.addEventListener("focusin", (event) => this.#enter(event.target as HTMLElement));
    log.addEventListener("focusout", (event) => this.#leave(event));
  }

  /** After messages came or went: coming from outside, the latest message is the tab stop. */
  refresh(): void {
    if (!this.#stop?.isConnected || !holdsFocus(this.#log)) this.#stopAt(this.#log.lastElementChild);
  }

  /** Inside a message nothing is a tab stop until one has gone in; to be called when its inside has changed. */
  rest(message: Element): void {
    const entered = message.classList.contains("entered");
    for (const control of controls(message)) {
      control.tabIndex = entered || control.matches(".stop") ? 0 : -1;
    }
  }

  #press(event: KeyboardEvent): void {
    const here = event.target as HTMLElement;
    if (here.parentElement !== this.#log || event.altKey || event.ctrlKey || event.metaKey) return;
    const there: Record<string, Element | null | undefined> = {
      ArrowUp: here.previousElementSibling,
      ArrowDown: here.nextElementSibling,
      Home: this.#log.firstElementChild,
      End: this.#log.lastElementChild,
      Enter: controls(here)[0],
    };
    if (!(event.key in there)) return;
    event.preventDefault();
    (there[event.key] as HTMLElement | null)?.focus();
  }

  #enter(target: HTMLElement): void {
    const message = target.closest<HTMLElement>(".message");
    if (!message) return;
    this.#stopAt(message);
    if (target !== message && !target.matches(".choice")) message.classList.add("entered");
    this.rest(message);
  }

  #leave(event: FocusEvent): void {
    const message = (event.target as HTMLElement).closest<HTMLElement>(".message");
    const next = event.relatedTarget as Node | null;
    if (message && !message.contains(next)) {
      message.classList.remove("entered");
      this.rest(message);
    }
    if (!this.#log.contains(next)) this.#stopAt(this.#log.lastElementChild);
  }

  #stopAt(stop: Element | null): void {
    if (this.#stop) this.#stop.tabIndex = -1;
    this.#stop = stop as HTMLElement | null;
    if (this.#stop) this.#stop.tabIndex = 0;
  }
}

/** What can be pressed in a message, but for its choices: they are a tab stop of their own. */
function controls(message: Element): HTMLElement[] {
  const all = message.querySelectorAll<HTMLElement>("a[href], summary, button:not(.choice), textarea");
  return [...all].filter((control) => !control.closest("[hidden]"));
}
