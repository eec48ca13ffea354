/** The head of the chat: title, language, menu and the way out. */
import { LANGUAGES, type Language } from "../message";
import { nameOf } from "../texts";
import { attr, button, h, holdsFocus, textButton, write } from "./dom";
import { icon, type IconName } from "./icons";
import type { Actions, Model } from "./model";
import { PrivacyLink } from "./privacy-link";

/** What the menu offers that has to be asked first. */
export type Asked = "erase" | "restart";

export class HeaderView {
  readonly element: HTMLElement;
  readonly menuButton = this.#iconButton("menu", "menu", () => this.fold() || this.#unfold());
  readonly #title = h("h2", { class: "title", id: "title" });
  readonly #languages = new Map<Language, HTMLButtonElement>();
  readonly #menu = h("ul", { class: "menu", id: "menu", hidden: true });
  readonly #items: Record<"download" | Asked, HTMLButtonElement>;
  readonly #privacy = new PrivacyLink();
  readonly #close: HTMLButtonElement;

  constructor(actions: Actions, ask: (what: Asked) => void) {
    const languages = h("div", { class: "languages", role: "group", "data-label": "languages" });
    for (const language of LANGUAGES) languages.append(this.#languageButton(language, actions));
    this.#close = this.#iconButton("close", "close", () => actions.toggle(false));
    this.#items = {
      download: this.#item("download", () => actions.download()),
      restart: this.#item("restart", () => ask("restart")),
      erase: this.#item("erase", () => ask("erase")),
    };
    for (const item of [...Object.values(this.#items), this.#privacy.element]) this.#menu.append(h("li", {}, item));
    const titles = h("div", { class: "titles" }, this.#title, h("p", { class: "subtitle", "data-say": "subtitle" }));
    const bar = h("div", { class: "bar" }, titles, languages, this.menuButton, this.#close);
    this.element = h("div", { class: "header", focusout: (event) => this.#left(event as FocusEvent) }, bar, this.#menu);
    attr(this.menuButton, "aria-controls", "menu");
    attr(this.menuButton, "aria-expanded", "false");
  }

  update({ language, phase, entries, title, launcher, privacyLink }: Model): void {
    write(this.#title, title);
    for (const [code, switcher] of this.#languages) attr(switcher, "aria-pressed", String(code === language));
    this.#close.hidden = !launcher;
    // Disabled rather than gone: the menu keeps its shape, and nothing vanishes under the focus.
    attr(this.#items.download, "aria-disabled", entries.length ? null : "true");
    attr(this.#items.restart, "aria-disabled", phase === "starting" ? "true" : null);
    attr(this.#items.erase, "aria-disabled", phase === "ready" ? null : "true");
    this.#privacy.update(privacyLink);
  }

  /** Folds the menu; true when it was open. */
  fold(): boolean {
    if (this.#menu.hidden) return false;
    if (holdsFocus(this.#menu)) this.menuButton.focus();
    this.#menu.hidden = true;
    attr(this.menuButton, "aria-expanded", "false");
    return true;
  }

  #unfold(): void {
    this.#menu.hidden = false;
    attr(this.menuButton, "aria-expanded", "true");
  }

  #iconButton(drawing: IconName, label: "menu" | "close", act: () => void): HTMLButtonElement {
    const made = button("bare", act, icon(drawing));
    made.dataset.label = label;
    return made;
  }

  #languageButton(language: Language, actions: Actions): HTMLButtonElement {
    const code = language.toUpperCase();
    const made = button("bare", () => actions.switchLanguage(language), code);
    made.lang = language;
    attr(made, "aria-label", `${code} ${nameOf(language)}`);
    this.#languages.set(language, made);
    return made;
  }

  #item(name: "download" | Asked, act: () => void): HTMLButtonElement {
    const item = textButton("", name, () => {
      if (item.hasAttribute("aria-disabled")) return;
      this.fold();
      act();
    });
    return item;
  }

  /** An open menu does not lie over the conversation once one has gone on. */
  #left(event: FocusEvent): void {
    const next = event.relatedTarget as Node | null;
    if (next && !this.element.contains(next)) this.fold();
  }
}
