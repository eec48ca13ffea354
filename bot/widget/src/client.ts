/** The only place that talks to the server: one method for each act of the conversation API. */
import { readMessage, isLanguage, type Language, type Message, type RawMessage, type Rating } from "./message";

// Longer than the server ever takes to give up by itself.
const PATIENCE_MS = 20_000;
// Pauses before trying again when the line failed; safe because every message carries its own id.
const PAUSES_MS = [800, 2_400];

/** What the server, or the way to it, refused; `message` is for the visitor and empty when there was no answer. */
export class ChatError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds to wait before trying again; 0 when the server named none. */
    readonly retryAfter = 0,
  ) {
    super(message);
    this.name = "ChatError";
  }

  /** True when the conversation is not (or no longer) there for this visitor. */
  get gone(): boolean {
    return this.status === 401;
  }
}

export interface Reply {
  language: Language | null;
  messages: Message[];
}

export interface Started extends Reply {
  token: string | null;
}

export type Say = { text: string; client_id: string } | { choice: string; client_id: string };

/** The conversation API of one server, spoken for one visitor. */
export class ChatClient {
  /** The bearer token; null before a session and where a cookie carries it. */
  token: string | null = null;

  readonly #cookie: boolean;

  /** `server` is the API's base address; `fetch` may be replaced to try the chat without a network. */
  constructor(
    readonly server: string,
    readonly fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
  ) {
    this.#cookie = new URL(server).origin === location.origin;
  }

  /** Opens a conversation. */
  async start(language: Language | null, page: string | null): Promise<Started> {
    const body = await this.#call("POST", "/chat/sessions", { language, page, cookie: this.#cookie });
    return { ...readReply(body), token: this.#cookie ? null : String(body.token ?? "") };
  }

  /** The whole conversation so far. */
  async read(): Promise<Reply> {
    return readReply(await this.#persist("GET", "/chat/messages"));
  }

  /** Says something; said twice with one client id, it counts once. */
  async say(what: Say): Promise<Reply> {
    return readReply(await this.#persist("POST", "/chat/messages", what));
  }

  /** Goes on in another language. */
  async switchLanguage(language: Language): Promise<Reply> {
    return readReply(await this.#persist("PUT", "/chat/language", { language }));
  }

  /** Keeps what the visitor thinks of an answer; null takes it back. */
  async rate(id: string, rating: Rating, comment: string | null): Promise<void> {
    await this.#persist("PUT", `/chat/messages/${encodeURIComponent(id)}/rating`, { rating, comment });
  }

  /** Has the conversation deleted on the server. */
  async erase(): Promise<void> {
    await this.#persist("DELETE", "/chat/sessions");
  }

  /** Calls again when no answer came; only for acts that may be repeated without harm. */
  async #persist(method: string, path: string, body?: object): Promise<RawReply> {
    for (const pause of PAUSES_MS) {
      try {
        return await this.#call(method, path, body);
      } catch (error) {
        if (!(error instanceof ChatError) || error.status !== 0 || !navigator.onLine) throw error;
        await new Promise((done) => setTimeout(done, pause));
      }
    }
    return this.#call(method, path, body);
  }

  async #call(method: string, path: string, body?: object): Promise<RawReply> {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const stop = new AbortController();
    const alarm = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const response = await this.fetch(this.server + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: this.#cookie ? "same-origin" : "omit",
        cache: "no-store",
        signal: stop.signal,
      });
      if (!response.ok) throw await refusal(response);
      return response.status === 204 ? {} : ((await response.json()) as RawReply);
    } catch (error) {
      if (error instanceof ChatError) throw error;
      throw new ChatError(0, stop.signal.aborted ? "timeout" : "network", "");
    } finally {
      clearTimeout(alarm);
    }
  }
}

interface RawReply {
  token?: string | null;
  language?: string;
  messages?: RawMessage[];
}

function readReply(body: RawReply): Reply {
  return {
    language: isLanguage(body.language) ? body.language : null,
    messages: (body.messages ?? []).map(readMessage),
  };
}

async function refusal(response: Response): Promise<ChatError> {
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  let error: { code?: string; message?: string } = {};
  try {
    error = ((await response.json()) as { error?: typeof error }).error ?? {};
  } catch {
    // A gateway in between may answer in HTML: the status is all there is to know.
  }
  return new ChatError(response.status, error.code ?? `http_${response.status}`, error.message ?? "", seconds);
}
