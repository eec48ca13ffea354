/** One message of the transcript. It is built once and then only kept up to date, so that the focus never falls out. */
import type { Entry } from "../entries";
import { shortTime } from "../formats";
import type { Language, Message } from "../message";
import { sourceText } from "../transcript-file";
import { ChoicesView } from "./choices-view";
import { attr, h, holdsFocus, write } from "./dom";
import { FailureView } from "./failure-view";
import { FeedbackView } from "./feedback-view";
import { richText } from "./rich-text";
import type { Actions } from "./model";
import { translate } from "./translate";

type Shown = Entry & { language: Language };

let count = 0;

export class MessageView {
  readonly element: HTMLElement;
  readonly #id = `message-${++count}`;
  readonly #time = h("time");
  readonly #help = h("span", { class: "enter-help", id: `${this.#id}-help`, "data-say": "enterHelp" });
  readonly #choices: ChoicesView | null;
  readonly #failure: FailureView | null;
  #feedback: FeedbackView | null = null;
  #shown: Shown | null = null;

  constructor(
    entry: Entry,
    readonly actions: Actions,
  ) {
    const { message } = entry;
    const { sender, sources } = message;
    this.#choices = message.choices.length ? new ChoicesView(entry, (id) => actions.talk.choose(message, id)) : null;
    // Only what was sent from here can fail, and it begins as under way.
    this.#failure = entry.pending && new FailureView(actions, () => this.element.focus());
    const names = ["sender", "text", sources.length && "source"].filter(Boolean).map((part) => `${this.#id}-${part}`);
    this.element = h(
      "div",
      {
        class: `message ${sender}`,
        role: "article",
        tabindex: -1,
        lang: message.language,
        "aria-labelledby": names.join(" "),
      },
      h("p", { class: "sender", id: `${this.#id}-sender`, "data-say": sender }),
      this.#bubble(message),
      ...[this.#help, this.#choices?.element, this.#failure?.element],
      h("p", { class: "meta" }, this.#time),
    );
  }

  /** Brings everything that may change in line with `entry`; false when nothing had. */
  update(entry: Entry, language: Language): boolean {
    const now = { ...entry, language };
    // A long conversation is shown anew at every turn, and all but its end is as it was.
    if ((Object.keys(now) as (keyof Shown)[]).every((key) => now[key] === this.#shown?.[key])) return false;
    this.#shown = now;
    const { message, pending } = entry;
    attr(this.element, "lang", message.language);
    write(this.#time, shortTime(message.time, new Date(), language));
    attr(this.#time, "datetime", message.time);
    attr(this.#time, "lang", language);
    this.#choices?.update(entry);
    this.#failure?.update(pending, language);
    this.element.classList.toggle("under-way", pending?.state === "sending");
    this.element.classList.toggle("not-sent", pending?.state === "failed");
    this.#updateFeedback(entry);
    // Only a message with something in it to press needs to say how to get there.
    const inside = this.element.querySelector("a, summary, .thumb") !== null;
    this.#help.hidden = !inside;
    attr(this.element, "aria-describedby", inside ? this.#help.id : null);
    translate(this.element, language);
    return true;
  }

  #updateFeedback({ rateable, message }: Entry): void {
    if (rateable && !this.#feedback) {
      this.#feedback = new FeedbackView(message, `${this.#id}-comment`, this.actions);
      this.element.append(this.#feedback.element);
    }
    if (!this.#feedback) return;
    this.#feedback.update(message);
    this.#feedback.element.hidden = !rateable && !holdsFocus(this.#feedback.element);
  }

  #bubble(message: Message): HTMLElement {
    const { outcome, ofTargetGroup, reference } = message;
    // To be helped by a project is something else than to submit one.
    const said = ofTargetGroup && outcome !== "unclear" ? `target_${outcome}` : outcome;
    const text = richText(message);
    text.id = `${this.#id}-text`;
    const source = sourceText(message);
    return h(
      "div",
      { class: "bubble" },
      outcome && h("p", { class: `outcome ${outcome}`, "data-say": said }),
      text,
      reference &&
        h("p", { class: "reference" }, h("span", { "data-say": "referenceIs" }), " ", h("strong", { class: "unbroken" }, reference)),
      source && h("p", { class: "source", id: `${this.#id}-source` }, source),
    );
  }
}
