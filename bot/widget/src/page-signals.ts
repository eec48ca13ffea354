/** What the browser tells about the page around the chat: the line, the window, the visitor's wishes, other tabs. */
import type { SessionStore } from "./session-store";

// As in styles/media.css: a window this small is filled by the open panel.
const SMALL = "(max-width: 30em), (max-height: 28em)";
const WISHES = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"];

export interface Listeners {
  /** Something changed that is to be shown. */
  changed(): void;
  /** The part of the window that can be seen is another one. */
  resized(): void;
  /** The line is back. */
  online(): void;
  /** The visitor came back to a page that had been put aside. */
  returned(): void;
  /** The page goes to paper, or comes back from it. */
  printing(begins: boolean): void;
  /** Other colours are wished for. */
  repaint(): void;
}

export class PageSignals {
  readonly #small = matchMedia(SMALL);
  readonly #tell: Listeners;
  #stops: (() => void)[] = [];

  constructor(tell: Listeners) {
    this.#tell = tell;
  }

  get online(): boolean {
    return navigator.onLine;
  }

  /** Is the window so small that an open panel fills it? */
  get full(): boolean {
    return this.#small.matches;
  }

  /** Begins to listen; `elsewhere` is called when another tab changed the session. */
  listen(store: SessionStore, elsewhere: () => void): void {
    const { changed, resized, online, returned, printing, repaint } = this.#tell;
    this.stop();
    this.#on(window, "offline", changed);
    this.#on(window, "online", () => {
      changed();
      online();
    });
    this.#on(window, "pageshow", (event) => (event as PageTransitionEvent).persisted && returned());
    this.#on(window, "beforeprint", () => printing(true));
    this.#on(window, "afterprint", () => printing(false));
    this.#on(this.#small, "change", changed);
    for (const wish of WISHES) this.#on(matchMedia(wish), "change", repaint);
    if (visualViewport) for (const type of ["resize", "scroll"]) this.#on(visualViewport, type, resized);
    this.#stops.push(store.watch(elsewhere));
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #on(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    this.#stops.push(() => target.removeEventListener(type, listener));
  }
}
