/**
 * One visitor's conversation: what was said, what is still to be sent, and every act on it.
 * Knows no page. All talk with the server happens one request after the other, so that answers keep their order.
 */
import { ChatError, type ChatClient, type Reply } from "./client";
import { keyOf, merge, type Language, type Message, type Rating } from "./message";
import { Outbox, ownMessage } from "./outbox";
import { enterSession } from "./session-entry";
import type { Pending, SessionStore } from "./session-store";

/** idle: not opened on this page yet; ended: deleted by the visitor, here or in another tab. */
export type Phase = "idle" | "starting" | "ready" | "unavailable" | "expired" | "ended";

/** Who wants to know what happens; called after the state has changed. */
export interface Watcher {
  changed(): void;
  /** A new conversation has begun. */
  started(): void;
  /** The assistant said something new (not: the stored conversation was shown again). */
  arrived(messages: Message[]): void;
  /** A message of the visitor reached the server. */
  sent(pending: Pending): void;
  failed(error: ChatError, pending: Pending | null): void;
  /** Typed text that could not be sent and belongs back in the input. */
  returned(text: string): void;
}

export class Conversation {
  phase: Phase = "idle";
  messages: Message[] = [];
  readonly outbox: Outbox;
  /** The server's own words when there is no conversation to be had. */
  problem = "";

  #id: string | null = null;
  #line: Promise<unknown> = Promise.resolve();
  #flushing = false;

  constructor(
    readonly client: ChatClient,
    readonly store: SessionStore,
    public language: Language,
    readonly watcher: Watcher,
  ) {
    this.outbox = new Outbox(store);
    this.language = store.read()?.language ?? language;
  }

  /** Shows the stored conversation, or starts one; then sends what was under way when the page was left. */
  async open(): Promise<void> {
    await this.#inLine(async () => {
      if (this.phase === "idle" || this.phase === "unavailable") await this.#try(() => this.#enter());
    });
    await this.#flush();
  }

  /** Says `text`; after an expired or deleted conversation, in a new one. */
  send(text: string): void {
    this.outbox.add({ text, choice: null, asked: null });
    this.#flushSoon();
  }

  /** Takes a choice of a message. */
  choose(asked: Message, id: string): void {
    const choice = asked.choices.find((candidate) => candidate.id === id);
    if (!choice) return;
    this.outbox.add({ text: choice.label, choice: id, asked: asked.id });
    this.#flushSoon();
  }

  /** Sends a failed message again; returns the seconds still to wait when it is too early. */
  retry(clientId: string): number {
    const early = this.outbox.again(clientId);
    if (!early) this.#flushSoon();
    return early;
  }

  /** Takes back a failed message: its text returns to the input, its choices open again. */
  withdraw(clientId: string): void {
    const pending = this.outbox.find(clientId);
    if (!pending) return;
    this.#handBack([pending]);
    this.watcher.changed();
  }

  /** The line is back: what only the line kept from arriving goes out, and the rest is looked up. */
  async reconnect(): Promise<void> {
    this.outbox.lineIsBack();
    if (this.phase === "ready") await this.refresh();
    else if (this.phase === "unavailable") await this.open();
    await this.#flush();
  }

  /** Looks up what was said elsewhere. */
  async refresh(): Promise<void> {
    if (this.phase !== "ready") return;
    await this.#inLine(() => this.#try(async () => this.#show(await this.client.read(), true)));
  }

  /** Another tab changed the session: follow it. */
  async follow(): Promise<void> {
    if (this.phase === "idle") return;
    const record = this.store.read();
    if (!record) return this.#end();
    if (record.id === this.#id) return this.refresh();
    await this.#inLine(() => this.#try(() => this.#enter()));
  }

  /** Goes on in another language; false when the server did not take it. */
  async switchLanguage(language: Language): Promise<boolean> {
    const before = this.language;
    this.language = language;
    this.watcher.changed();
    if (this.phase !== "ready") return true;
    const done = await this.#inLine(() =>
      this.#try(async () => this.#take(await this.client.switchLanguage(language))),
    );
    if (done) this.store.touch(this.language);
    else this.language = before;
    this.watcher.changed();
    return done;
  }

  /** Keeps the visitor's opinion of an answer; false when the server did not take it. */
  async rate(message: Message, rating: Rating, comment: string | null): Promise<boolean> {
    this.#amend(message.id, { rating });
    const done = await this.#inLine(() => this.#try(() => this.client.rate(message.id, rating, comment)));
    if (!done) this.#amend(message.id, { rating: message.rating });
    return done;
  }

  /** Leaves this conversation and starts another one. */
  async restart(): Promise<void> {
    this.#handBack(this.outbox.list.filter((pending) => pending.state === "failed"));
    this.outbox.clear();
    await this.#inLine(() => this.#try(() => this.#enter(this.#id)));
  }

  /** Has everything deleted on the server; false, and nothing changed, when that failed. */
  async erase(): Promise<boolean> {
    return this.#inLine(async () => {
      try {
        await this.client.erase();
      } catch (error) {
        // A conversation that is gone already is what the visitor asked for.
        if (!(error instanceof ChatError && error.gone)) return this.#refused(error);
      }
      this.store.clear();
      this.#end();
      return true;
    });
  }

  #flushSoon(): void {
    this.watcher.changed();
    void this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    while (this.outbox.next) {
      await this.#inLine(async () => {
        if (this.outbox.next) await this.#deliver(this.outbox.next);
      });
    }
    this.#flushing = false;
  }

  async #deliver(pending: Pending): Promise<void> {
    const { clientId: client_id, choice, text } = pending;
    try {
      if (this.phase !== "ready")
        await this.#enter(this.phase === "expired" || this.phase === "ended" ? this.#id : null);
      this.#delivered(pending, await this.client.say(choice ? { choice, client_id } : { text, client_id }));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.gone) this.#expire();
      else this.outbox.fail(pending.clientId, error);
      this.watcher.changed();
      this.watcher.failed(error, pending);
    }
  }

  #delivered(pending: Pending, reply: Reply): void {
    this.outbox.remove(pending.clientId);
    this.messages = merge(this.messages, [ownMessage(pending, this.language)]);
    if (pending.asked) this.#amend(pending.asked, { chosen: pending.choice });
    this.watcher.sent(pending);
    this.#take(reply);
    this.store.touch(this.language);
  }

  /** Joins the stored conversation, or starts one in the place of `over`. */
  async #enter(over: string | null = null): Promise<void> {
    this.messages = [];
    this.#to("starting");
    try {
      const { id, reply, isNew } = await enterSession(this.client, this.store, this.language, over);
      this.#id = id;
      this.phase = "ready";
      this.#show(reply, false);
      if (isNew) this.watcher.started();
    } catch (error) {
      this.problem = error instanceof ChatError ? error.message : "";
      this.#to("unavailable");
      throw error;
    }
  }

  /** Shows the whole conversation as the server has it; `tell` about what was not known yet. */
  #show(reply: Reply, tell: boolean): void {
    const known = new Map(this.messages.map((message) => [keyOf(message), message]));
    this.messages = reply.messages.map((message) => ({
      ...message,
      rating: message.rating ?? known.get(keyOf(message))?.rating ?? null,
    }));
    const arrived = new Set(reply.messages.map(keyOf));
    this.outbox.remove(
      ...this.outbox.list.filter((p) => p.state === "failed" && arrived.has(p.clientId)).map((p) => p.clientId),
    );
    this.#settle(reply, tell ? reply.messages.filter((message) => !known.has(keyOf(message))) : []);
  }

  /** Adds what the server just said. */
  #take(reply: Reply): void {
    const known = new Set(this.messages.map(keyOf));
    this.messages = merge(this.messages, reply.messages);
    this.#settle(
      reply,
      reply.messages.filter((message) => !known.has(keyOf(message))),
    );
  }

  #settle(reply: Reply, fresh: Message[]): void {
    this.language = reply.language ?? this.language;
    this.watcher.changed();
    const said = fresh.filter((message) => message.sender === "assistant");
    if (said.length) this.watcher.arrived(said);
  }

  /** Does `act`; when the server refuses it, tells the watcher and returns false. */
  async #try(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      return this.#refused(error);
    }
  }

  #refused(error: unknown): false {
    if (!(error instanceof ChatError)) throw error;
    if (error.gone) this.#expire();
    this.watcher.failed(error, null);
    return false;
  }

  #expire(): void {
    this.#handBack(this.outbox.list);
    this.#to("expired");
  }

  #end(): void {
    this.#handBack(this.outbox.list);
    this.messages = [];
    this.#to("ended");
  }

  #handBack(pendings: readonly Pending[]): void {
    this.outbox.remove(...pendings.map((pending) => pending.clientId));
    for (const pending of pendings) if (!pending.choice) this.watcher.returned(pending.text);
  }

  #amend(id: string, part: Partial<Message>): void {
    this.messages = this.messages.map((message) => (message.id === id ? { ...message, ...part } : message));
    this.watcher.changed();
  }

  #to(phase: Phase): void {
    this.phase = phase;
    this.watcher.changed();
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#line.then(work, work);
    this.#line = turn;
    return turn;
  }
}
