/** The whole chat on the page: puts the parts together and sees to focus, Escape and the panel's size. */
import { Announcer } from "./announcer";
import { ComposerView } from "./composer-view";
import { ConfirmView } from "./confirm-view";
import { attr, h, focused, holdsFocus } from "./dom";
import { HeaderView, type Asked } from "./header-view";
import { LauncherView } from "./launcher-view";
import type { Actions, Model } from "./model";
import { NoticeView } from "./notice-view";
import { TranscriptView } from "./transcript-view";
import { translate } from "./translate";

export class ChatView {
  readonly element: HTMLElement;
  readonly announcer = new Announcer();
  readonly composer: ComposerView;
  readonly #actions: Actions;
  readonly #launcher: LauncherView;
  readonly #header: HeaderView;
  readonly transcript: TranscriptView;
  readonly #notice: NoticeView;
  readonly #confirm = new ConfirmView();
  readonly #main: HTMLElement;
  readonly #panel: HTMLElement;
  #model: Model | null = null;

  constructor(actions: Actions, draft: string) {
    this.#actions = actions;
    this.#launcher = new LauncherView(actions);
    this.#header = new HeaderView(actions, (what) => this.#ask(what));
    this.transcript = new TranscriptView(actions);
    this.#notice = new NoticeView(actions);
    this.composer = new ComposerView(actions, draft);
    const below = [this.transcript.jump, this.#notice.element, this.composer.element];
    this.#main = h("div", { class: "main" }, this.#header.element, this.transcript.element, ...below);
    this.#panel = h(
      "section",
      { class: "panel", id: "panel", tabindex: -1, "aria-labelledby": "title" },
      this.#main,
      this.#confirm.element,
    );
    // An empty title keeps the host's title attribute from showing as a tooltip over everything.
    this.element = h("div", { class: "root", title: "" }, this.#launcher.element, this.#panel, this.announcer.element);
    this.#panel.addEventListener("keydown", (event) => this.#press(event));
    // The page's own shortcuts must not fire while somebody types here: outside, it looks like a key on no field.
    for (const type of ["keydown", "keypress", "keyup"])
      this.element.addEventListener(type, (event) => event.stopPropagation());
  }

  update(model: Model): void {
    const opened = model.open && this.#model?.open !== true;
    this.#model = model;
    attr(this.element, "lang", model.language);
    this.#panel.hidden = !model.open;
    attr(this.#panel, "role", model.launcher ? "dialog" : null);
    attr(this.#panel, "aria-modal", model.launcher && model.full ? "true" : null);
    this.#header.update(model);
    this.transcript.update(model);
    this.#notice.update(model);
    this.composer.update(model);
    this.#launcher.element.hidden = !model.launcher;
    if (model.launcher) this.#launcher.update(model, this.transcript.unread);
    for (const part of [this.#launcher, this.#header, this.#notice, this.composer])
      translate(part.element, model.language);
    if (opened) {
      this.composer.fit();
      this.transcript.shown();
    }
  }

  /** The focus goes to the input; on a touch screen to the panel, so that no keyboard jumps up. */
  focusInput(): void {
    (matchMedia("(pointer: coarse)").matches ? this.#panel : this.composer.input).focus();
  }

  focusLauncher(): void {
    this.#launcher.element.focus();
  }

  /** Does anything in the panel have the focus? */
  get holdsFocus(): boolean {
    return holdsFocus(this.#panel);
  }

  /** Sizes the panel to what the soft keyboard leaves of the window; null lets the style sheet decide. */
  fitTo(viewport: VisualViewport | null): void {
    this.#panel.style.height = viewport ? `${viewport.height}px` : "";
    this.#panel.style.top = viewport ? `${viewport.offsetTop}px` : "";
  }

  #ask(what: Asked): void {
    const model = this.#model!;
    if (what === "restart" && !model.entries.some(({ message }) => message.sender === "visitor"))
      return this.#actions.restart();
    this.#confirm.ask(what, model.language, () => {
      this.focusInput();
      this.#actions[what]();
    });
  }

  #press(event: KeyboardEvent): void {
    // The question sees to its own keys.
    if (this.#confirm.element.open) return;
    if (event.key === "Tab" && this.#model?.launcher && this.#model.full) return this.#stayInside(event);
    if (event.key !== "Escape" || event.isComposing) return;
    if (this.#header.fold()) event.preventDefault();
    else if (focused(this.element) !== this.composer.input) this.composer.input.focus();
    else if (this.#model?.launcher) this.#actions.toggle(false);
  }

  /** Over the whole window, Tab goes round: what lies underneath cannot be seen. */
  #stayInside(event: KeyboardEvent): void {
    const stops = [...this.#main.querySelectorAll<HTMLElement>("button, a[href], textarea, [tabindex]")].filter(
      (stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0,
    );
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    const here = focused(this.element);
    if (!to || (here !== from && !(event.shiftKey && here === this.#panel))) return;
    event.preventDefault();
    to.focus();
  }
}
