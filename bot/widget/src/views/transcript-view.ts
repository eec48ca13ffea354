/** The transcript: privacy note, messages, typing indicator, and where the view stands in it. */
import type { Entry } from "../entries";
import { say, sayUnread } from "../texts";
import { aside, attr, button, h, holdsFocus, write } from "./dom";
import { icon } from "./icons";
import { MessageView } from "./message-view";
import type { Actions, Model } from "./model";
import { PrivacyLink } from "./privacy-link";
import { TranscriptKeys } from "./transcript-keys";
import { translate } from "./translate";

// This near to the end still counts as being at the end.
const NEAR = 48;
// A typing indicator that only flashes says nothing.
const TYPING_DELAY_MS = 250;

export class TranscriptView {
  readonly element: HTMLElement;
  /** The way to new messages when the view stands elsewhere; goes between transcript and input. */
  readonly jump: HTMLButtonElement;
  readonly #log = h("div", { role: "log", "aria-live": "off", "aria-describedby": "help", class: "log" });
  readonly #privacy = new PrivacyLink();
  readonly #around: HTMLElement;
  readonly #typing: HTMLElement;
  readonly #jumpText = h("span");
  readonly #views = new Map<string, MessageView>();
  readonly #keys = new TranscriptKeys(this.#log);
  readonly #actions: Actions;
  #unread: string[] = [];
  #atEnd = true;
  #typingTimer = 0;

  constructor(actions: Actions) {
    this.#actions = actions;
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("span"), h("span"), h("span"));
    this.#typing = h("div", { class: "typing", hidden: true }, dots, aside("typing"));
    const note = h("p", { class: "note", role: "note" }, h("span", { "data-say": "note" }), " ", this.#privacy.element);
    this.#around = h("div", {}, note, h("p", { class: "aside", id: "help", "data-say": "transcriptHelp" }));
    this.element = h("div", { class: "scroller" }, this.#around, this.#log, this.#typing);
    this.element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Neither a growing input, nor a soft keyboard, nor what opens below a message may push the end out of sight.
    const keep = new ResizeObserver(() => this.#follow());
    for (const element of [this.element, this.#log]) keep.observe(element);
    this.jump = button("jump", () => this.#jump(), icon("down"), this.#jumpText);
  }

  /** How many messages of the assistant have not been in view. */
  get unread(): number {
    return this.#unread.length;
  }

  update(model: Model): void {
    this.#privacy.update(model.privacyLink);
    attr(this.#log, "aria-label", say(model.language, "transcript"));
    for (const part of [this.#around, this.#typing]) translate(part, model.language);
    const known = new Set(this.#views.keys());
    this.#updateMessages(model);
    this.#updateTyping(model);
    const fresh = model.entries.filter(({ key }) => !known.has(key));
    if (fresh.length) this.#place(fresh, known.size === 0, model);
    this.#follow();
    this.#updateJump(model);
    this.#keys.refresh();
  }

  /** The panel has come into view: go to what is new, or to the end. */
  shown(): void {
    const first = this.#views.get(this.#unread[0] ?? "");
    this.#unread = [];
    this.jump.hidden = true;
    if (first) this.#reveal(first.element);
    else this.toEnd();
  }

  /** Nothing is folded on paper. */
  unfold(): void {
    for (const section of this.#log.querySelectorAll("details")) section.open = true;
  }

  /** To the latest message; as long as there is only the greeting, to the beginning with its note on privacy. */
  toEnd(): void {
    const { element } = this;
    element.scrollTop = this.#log.childElementCount > 1 ? element.scrollHeight : 0;
    this.#scrolled();
  }

  #updateMessages({ entries, language }: Model): void {
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, view] of this.#views) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.#views.delete(key);
    }
    this.#unread = this.#unread.filter((key) => keys.has(key));
    for (const entry of entries) {
      const known = this.#views.get(entry.key);
      const view = known ?? new MessageView(entry, this.#actions);
      this.#views.set(entry.key, view);
      if (view.update(entry, language)) this.#keys.rest(view.element);
    }
    this.#order(entries);
  }

  /** Moves only what stands elsewhere: a moved element would lose the focus. */
  #order(entries: readonly Entry[]): void {
    let next: Element | null = this.#log.firstElementChild;
    for (const { key } of entries) {
      const { element } = this.#views.get(key)!;
      if (element === next) next = next.nextElementSibling;
      else this.#log.insertBefore(element, next);
    }
  }

  #updateTyping({ waiting, phase }: Model): void {
    const wanted = waiting || phase === "starting";
    if (!wanted) {
      clearTimeout(this.#typingTimer);
      this.#typingTimer = 0;
      this.#typing.hidden = true;
    } else if (!this.#typingTimer) {
      this.#typingTimer = setTimeout(() => {
        this.#typing.hidden = false;
        this.#follow();
      }, TYPING_DELAY_MS);
    }
  }

  /** After `fresh` has come: stay, follow, or count as unread. */
  #place(fresh: readonly Entry[], first: boolean, { open }: Model): void {
    if (first || fresh.some(({ pending }) => pending)) return this.toEnd();
    // The beginning of a long answer is where one starts to read.
    if (open && this.#atEnd) return this.#reveal(this.#views.get(fresh[0]!.key)!.element);
    for (const { key, message } of fresh) if (message.sender === "assistant") this.#unread.push(key);
  }

  #updateJump({ language, open }: Model): void {
    const count = this.#unread.length;
    // Gone by scrolling while it has the focus: it stays until the focus has left.
    this.jump.hidden = (count === 0 || !open) && !holdsFocus(this.jump);
    if (count) write(this.#jumpText, sayUnread(language, count));
  }

  #jump(): void {
    const target = this.#views.get(this.#unread[0] ?? "")?.element ?? (this.#log.lastElementChild as HTMLElement);
    this.#unread = [];
    this.#reveal(target);
    target.focus({ preventScroll: true });
    this.jump.hidden = true;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (!this.#atEnd || !this.#unread.length || !clientHeight) return;
    this.#unread = [];
    this.jump.hidden = !holdsFocus(this.jump);
  }

  #follow(): void {
    if (this.#atEnd) this.toEnd();
  }

  #reveal(target: HTMLElement): void {
    this.element.scrollTop = target.offsetTop - 12;
    this.#scrolled();
  }
}
