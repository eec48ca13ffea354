/** Keeps the chat's own words in the visitor's language: elements name their text, this module writes it. */
import type { Language } from "../message";
import { say, type TextName } from "../texts";
import { attr, write } from "./dom";

/**
 * Writes the text of every element in `root` that names one: as content (`data-say`), as accessible name
 * (`data-label`) or as placeholder (`data-hint`); and says which language it is, since messages may be in another.
 */
export function translate(root: Element, language: Language): void {
  const found = root.querySelectorAll<HTMLElement>("[data-say], [data-label], [data-hint]");
  for (const element of found) {
    const { say: text, label, hint } = element.dataset as Record<string, TextName | undefined>;
    if (text) write(element, say(language, text));
    if (label) attr(element, "aria-label", say(language, label));
    if (hint) attr(element, "placeholder", say(language, hint));
    // A container keeps its own: a group of choices speaks the language of its message.
    if (text) attr(element, "lang", language);
  }
}
