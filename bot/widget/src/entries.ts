/** Decides, from what was said and what is still under way, how each message is to be shown. */
import { keyOf, type Language, type Message } from "./message";
import { ownMessage } from "./outbox";
import type { Pending } from "./session-store";

export interface Entry {
  key: string;
  message: Message;
  /** How its sending stands; null once it has arrived. */
  pending: Pending | null;
  /** May its choices still be taken? */
  choosable: boolean;
  /** The choice that was taken, also when it has not arrived yet. */
  taken: string | null;
  rateable: boolean;
}

/** Every message in the order of the conversation, unsent ones last. */
export function entriesOf(
  messages: readonly Message[],
  outbox: readonly Pending[],
  language: Language,
  live: boolean,
): Entry[] {
  const arrived = new Set(messages.map(keyOf));
  const underway = outbox.filter((pending) => !arrived.has(pending.clientId));
  const all = [...messages, ...underway.map((pending) => ownMessage(pending, language))];
  const lastSaid = all.map((message) => message.sender).lastIndexOf("visitor");
  const lastAsked = all.map((message) => message.choices.length > 0).lastIndexOf(true);
  return all.map((message, index) => ({
    key: keyOf(message),
    message,
    pending: underway.find((pending) => pending.clientId === message.clientId) ?? null,
    // Whatever the visitor says next answers the question, and a later question takes its place (as when it is asked
    // again in the other language): its choices stay readable, not takeable.
    choosable: live && index > lastSaid && index === lastAsked && message.chosen === null,
    taken: message.chosen ?? outbox.find((pending) => pending.asked === message.id)?.choice ?? null,
    rateable: live && isAnswer(message) && !continues(message, all[index + 1]),
  }));
}

/** Only what answers a question can be useful or not; greetings and questions back cannot. */
function isAnswer({ sender, topic, outcome }: Message): boolean {
  return sender === "assistant" && (outcome !== null || topic === "out_of_scope" || Boolean(topic?.startsWith("faq/")));
}

/** An answer in two messages is rated once, below the second. */
function continues(message: Message, next: Message | undefined): boolean {
  return next !== undefined && next.sender === message.sender && next.topic === message.topic;
}
