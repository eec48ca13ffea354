/** The visitor's messages that have not arrived yet, in order; kept over reload and navigation. */
import type { ChatError } from "./client";
import type { Language, Message } from "./message";
import { freshId, type Pending, type SessionStore } from "./session-store";

export class Outbox {
  readonly #store: SessionStore;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  get list(): readonly Pending[] {
    return this.#store.tab.outbox;
  }

  /** The first message that is to go out now. */
  get next(): Pending | undefined {
    return this.list.find((pending) => pending.state === "sending");
  }

  find(clientId: string): Pending | undefined {
    return this.list.find((pending) => pending.clientId === clientId);
  }

  add(what: Pick<Pending, "text" | "choice" | "asked">): void {
    const fresh = { clientId: freshId(), time: new Date().toISOString() };
    this.#keep([...this.list, { ...fresh, ...what, state: "sending", reason: "", lineFailed: false, notBefore: 0 }]);
  }

  remove(...clientIds: string[]): void {
    this.#keep(this.list.filter((pending) => !clientIds.includes(pending.clientId)));
  }

  clear(): void {
    this.#keep([]);
  }

  /** Marks a message as refused, with what the visitor must know to try again. */
  fail(clientId: string, error: ChatError): void {
    const lineFailed = error.status === 0;
    const notBefore = Date.now() + error.retryAfter * 1000;
    const failed = { state: "failed", reason: error.message, lineFailed, notBefore } as const;
    // Without a line the messages behind it would fail as well, each after a long wait.
    const hit = (other: Pending): boolean => other.clientId === clientId || (lineFailed && other.state === "sending");
    this.#keep(this.list.map((pending) => (hit(pending) ? { ...pending, ...failed } : pending)));
  }

  /** Lets a failed message go out again; returns the seconds still to wait when it is too early. */
  again(clientId: string): number {
    const early = Math.ceil(((this.find(clientId)?.notBefore ?? 0) - Date.now()) / 1000);
    if (early > 0) return early;
    this.#send((pending) => pending.clientId === clientId);
    return 0;
  }

  /** Lets everything go out again that only the line kept from arriving. */
  lineIsBack(): void {
    this.#send((pending) => pending.lineFailed);
  }

  #send(which: (pending: Pending) => boolean): void {
    const sending = { state: "sending", reason: "", lineFailed: false } as const;
    this.#keep(this.list.map((pending) => (which(pending) ? { ...pending, ...sending } : pending)));
  }

  #keep(outbox: Pending[]): void {
    this.#store.remember({ outbox });
  }
}

/** A visitor's message as it will stand in the conversation, before the server has said so. */
export function ownMessage(pending: Pending, language: Language): Message {
  return {
    id: pending.clientId,
    sender: "visitor",
    text: pending.text,
    language,
    time: pending.time,
    choices: [],
    chosen: null,
    topic: null,
    sources: [],
    clientId: pending.clientId,
    outcome: null,
    ofTargetGroup: false,
    reference: null,
    rating: null,
  };
}
