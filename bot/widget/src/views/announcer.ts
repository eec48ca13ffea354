/**
 * What screen readers say of their own accord. The transcript itself is silent (aria-live="off"): each message is
 * read once from a copy here, that goes away again, so that nobody meets it twice.
 */
import type { Language, Message } from "../message";
import { sourceText } from "../transcript-file";
import { labelled, say } from "../texts";
import { h } from "./dom";

// Screen readers on phones miss what is gone sooner.
const STAY_MS = 1_000;

export class Announcer {
  readonly element = h("div", { class: "aside", "aria-live": "polite" });

  /** Has a sentence of the chat itself read out. */
  say(text: string, language: Language): void {
    this.#put(h("p", { lang: language }, text));
  }

  /** Has a message read out, with its choices and sources; of one with sections, what stands before them. */
  message(message: Message, language: Language): void {
    const who = h("span", { lang: language }, labelled(language, say(language, message.sender), ""));
    const copy = h("p", { lang: message.language }, who, message.text.split(/\n.+\n-{3,}\n/)[0]);
    const source = sourceText(message);
    if (source) copy.append(`\n${source}`);
    if (message.choices.length) {
      const labels = message.choices.map((choice) => choice.label).join("; ");
      copy.append("\n", h("span", { lang: language }, labelled(language, say(language, "choices"), "")), labels);
    }
    this.#put(copy);
  }

  #put(copy: HTMLElement): void {
    this.element.append(copy);
    setTimeout(() => copy.remove(), STAY_MS);
  }
}
