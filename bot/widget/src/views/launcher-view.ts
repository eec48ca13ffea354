/** The button at the edge of the page that opens the chat, with a badge for what came meanwhile. */
import { sayUnread } from "../texts";
import { attr, button, h, write } from "./dom";
import { icon } from "./icons";
import type { Actions, Model } from "./model";

export class LauncherView {
  readonly element: HTMLButtonElement;
  readonly #text = h("span", { class: "launcher-text" });
  readonly #badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  readonly #news = h("span", { class: "aside" });
  #open = false;

  constructor(actions: Actions) {
    const press = (): void => actions.toggle(!this.#open);
    this.element = button("launcher", press, icon("chat"), icon("close"), this.#text, this.#badge, this.#news);
    attr(this.element, "aria-haspopup", "dialog");
    attr(this.element, "aria-controls", "panel");
  }

  update({ language, open, full }: Model, unread: number): void {
    this.#open = open;
    this.element.hidden = open && full;
    this.element.classList.toggle("open", open);
    attr(this.element, "aria-expanded", String(open));
    attr(this.#text, "data-say", open ? "close" : "launch");
    const count = open ? 0 : unread;
    this.#badge.hidden = count === 0;
    write(this.#badge, count > 9 ? "9+" : String(count));
    write(this.#news, count ? ` (${sayUnread(language, count)})` : "");
  }
}
