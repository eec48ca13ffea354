/** What the browser remembers: the session for all tabs of the site, unsent messages and the draft for this tab. */
import type { Language } from "./message";

export interface SessionRecord {
  /** Tells one conversation from the next, also where a cookie keeps the token out of sight. */
  id: string;
  token: string | null;
  language: Language;
  /** Goes up with each change, so that other tabs hear of it. */
  revision: number;
}

/** A message that has not arrived yet. */
export interface Pending {
  clientId: string;
  text: string;
  /** The choice that was taken, and the message that offered it; null for typed text. */
  choice: string | null;
  asked: string | null;
  time: string;
  state: "sending" | "failed";
  /** Why it failed, in the server's words; empty when no answer came. */
  reason: string;
  /** No answer came at all: may be tried again without asking when the line is back. */
  lineFailed: boolean;
  /** Not to be tried again before this moment (milliseconds since 1970). */
  notBefore: number;
}

interface TabMemory {
  outbox: Pending[];
  draft: string;
  /** As the visitor left the panel; null when it was never touched. */
  open: boolean | null;
}

const EMPTY: TabMemory = { outbox: [], draft: "", open: null };

/** The memory of one chat server on this site; where the browser forbids storage, memory ends with the page. */
export class SessionStore {
  readonly key: string;
  readonly #shared: Storage | null;
  readonly #own: Storage | null;
  #record: SessionRecord | null = null;
  #tab: TabMemory;

  constructor(server: string) {
    this.key = `cyber4sme-chat ${server}`;
    this.#shared = storage("localStorage");
    this.#own = storage("sessionStorage");
    this.#tab = { ...EMPTY, ...parse<Partial<TabMemory>>(this.#own?.getItem(this.key) ?? null) };
  }

  /** The session of this site's visitor, or null. */
  read(): SessionRecord | null {
    return this.#shared ? parse<SessionRecord>(this.#shared.getItem(this.key)) : this.#record;
  }

  /** Keeps a session; every other tab hears of it. */
  write(record: SessionRecord): void {
    this.#record = record;
    keep(this.#shared, this.key, record);
  }

  /** Tells the other tabs that the conversation has changed. */
  touch(language: Language): void {
    const record = this.read();
    if (record) this.write({ ...record, language, revision: record.revision + 1 });
  }

  /** Forgets the session, here and in every tab. */
  clear(): void {
    this.#record = null;
    this.#shared?.removeItem(this.key);
  }

  /** Calls `heard` when another tab has changed the session; returns what stops it. */
  watch(heard: () => void): () => void {
    const listen = (event: StorageEvent): void => {
      // A null key means that everything was cleared.
      if (event.storageArea === this.#shared && (event.key === this.key || event.key === null)) heard();
    };
    addEventListener("storage", listen);
    return () => removeEventListener("storage", listen);
  }

  /** What this tab has not yet sent, typed or closed. */
  get tab(): Readonly<TabMemory> {
    return this.#tab;
  }

  /** Keeps a part of this tab's memory over reload and navigation. */
  remember(part: Partial<TabMemory>): void {
    this.#tab = { ...this.#tab, ...part };
    keep(this.#own, this.key, this.#tab);
  }
}

/** An id nobody else has; `crypto.randomUUID` is missing on pages without https. */
export function freshId(): string {
  const digit = (hole: string): string => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0]!;
    return (Number(hole) ^ (random & (15 >> (Number(hole) / 4)))).toString(16);
  };
  // Every 0, 1 and 8 becomes a random digit; 4 and the bits of 8 mark a random UUID.
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit);
}

/** Runs `work` while no other tab runs it under the same name, where the browser can see to that. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request(name, work) as Promise<T>) : work();
}

function storage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    const found = window[name];
    found.getItem("");
    return found;
  } catch {
    return null;
  }
}

function parse<T>(text: string | null): T | null {
  try {
    return text ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

function keep(place: Storage | null, key: string, value: object): void {
  try {
    place?.setItem(key, JSON.stringify(value));
  } catch {
    // Full storage: the conversation goes on, it only does not outlive the page.
  }
}
