/** Thumbs up and down below an answer, with room for a word of explanation. */
import type { Message, Rating } from "../message";
import type { TextName } from "../texts";
import { attr, button, h, write } from "./dom";
import { icon } from "./icons";
import type { Actions } from "./model";
import { translate } from "./translate";

const COMMENT_LIMIT = 500;

export class FeedbackView {
  readonly element: HTMLElement;
  readonly #thumbs = { up: this.#thumb("up", "yes"), down: this.#thumb("down", "no") };
  readonly #form: HTMLFormElement;
  readonly #comment: HTMLTextAreaElement;
  readonly #result = h("span", { class: "thanks" });
  #message: Message;

  constructor(
    message: Message,
    id: string,
    readonly actions: Actions,
  ) {
    this.#message = message;
    this.#comment = h("textarea", { id, rows: 2, maxlength: COMMENT_LIMIT, dir: "auto" });
    const label = h("label", { for: id, "data-say": "comment" });
    const submit = h("button", { type: "submit", class: "small", "data-say": "commentSend" });
    this.#form = h(
      "form",
      { class: "comment", hidden: true, submit: (event) => this.#send(event) },
      label,
      this.#comment,
      submit,
    );
    const question = h("span", { "data-say": "helpful" });
    const row = h("div", { class: "feedback-row" }, question, this.#thumbs.up, this.#thumbs.down, this.#result);
    this.element = h("div", { class: "feedback", role: "group", "data-label": "helpful" }, row, this.#form);
  }

  update(message: Message): void {
    this.#message = message;
    for (const rating of ["up", "down"] as const)
      attr(this.#thumbs[rating], "aria-pressed", String(message.rating === rating));
  }

  #thumb(rating: "up" | "down", label: TextName): HTMLButtonElement {
    const thumb = button(`thumb thumb-${rating}`, () => this.#press(rating), icon("thumb"));
    thumb.dataset.label = label;
    return thumb;
  }

  /** The thumb that is pressed already takes the opinion back. */
  #press(rating: "up" | "down"): void {
    const next: Rating = this.#message.rating === rating ? null : rating;
    this.#form.hidden = next === null;
    void this.#rate(next, null);
  }

  #send(event: Event): void {
    event.preventDefault();
    const { rating } = this.#message;
    const comment = this.#comment.value.trim();
    if (!rating || !comment) return this.#comment.focus();
    // The form goes away under the focus, so the focus goes first to what stays.
    this.#thumbs[rating].focus();
    this.#form.hidden = true;
    void this.#rate(rating, comment);
  }

  async #rate(rating: Rating, comment: string | null): Promise<void> {
    attr(this.#result, "data-say", null);
    write(this.#result, "");
    const kept = await this.actions.rate(this.#message, rating, comment);
    if (kept && comment) this.#comment.value = "";
    // What was typed stays to be sent again.
    else if (comment) this.#form.hidden = false;
    const told = kept ? "thanks" : "notDone";
    // An opinion taken back shows by its thumb alone.
    if (kept && !rating) return;
    attr(this.#result, "data-say", told);
    translate(this.element, this.actions.talk.language);
    this.actions.announce(told);
  }
}
