/** The conversation as a plain text file, for the visitor to keep. */
import { longDay, shortTime, today } from "./formats";
import type { Language, Message } from "./message";
import { labelled, say } from "./texts";

/** Everything that was said, with who said it, when, the choices and the sources. */
export function transcriptText(messages: readonly Message[], language: Language, now: Date): string {
  const head = `${say(language, "assistant")}, ${say(language, "subtitle")}, ${today(now, language)}\n${say(language, "note")}`;
  return [head, ...messages.map((message) => messageText(message, language, now))].join("\n\n") + "\n";
}

/** The sources of a message in one line, in the message's own language; empty when it has none. */
export function sourceText({ sources, language }: Message): string {
  if (!sources.length) return "";
  const own = language === "fr" ? "fr" : "nl";
  const label = say(own, sources.length > 1 ? "sources" : "source");
  const names = sources.map(({ title, date }) => (date ? `${title}, ${longDay(date, language)}` : title));
  return labelled(own, label, names.join(own === "fr" ? "\u00a0; " : "; "));
}

function messageText(message: Message, language: Language, now: Date): string {
  const who = say(language, message.sender);
  const lines = [labelled(language, `[${shortTime(message.time, now, language)}] ${who}`, "").trimEnd(), message.text];
  for (const { id, label } of message.choices) lines.push(`  ${id === message.chosen ? "[x]" : "[ ]"} ${label}`);
  if (message.reference) lines.push(labelled(language, say(language, "reference"), message.reference));
  lines.push(sourceText(message));
  return lines.filter(Boolean).join("\n");
}

/** Offers `text` to the visitor as a file, made in the browser. */
export function saveFile(name: string, text: string): void {
  // The mark at the start tells older editors that the text is UTF-8.
  const address = URL.createObjectURL(
    new Blob(["\ufeff", text.replace(/\n/g, "\r\n")], { type: "text/plain;charset=utf-8" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
