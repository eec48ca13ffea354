/** The way into a conversation: the one this browser already has, or a new one. */
import { ChatError, type ChatClient, type Reply } from "./client";
import type { Language } from "./message";
import { alone, freshId, type SessionStore } from "./session-store";

export interface Entry {
  /** Which conversation it is, among all this browser has had. */
  id: string;
  reply: Reply;
  /** Started just now, rather than found. */
  isNew: boolean;
}

/**
 * Joins the stored session, or starts one when there is none, when it has expired, or when it is `over`.
 * One tab at a time, so that tabs opened together share one conversation.
 */
export function enterSession(
  client: ChatClient,
  store: SessionStore,
  language: Language,
  over: string | null,
): Promise<Entry> {
  return alone(store.key, async () => {
    const found = store.read();
    if (found && found.id !== over) {
      const reply = await join(client, found.token);
      if (reply) return { id: found.id, reply, isNew: false };
    }
    return start(client, store, language);
  });
}

async function join(client: ChatClient, token: string | null): Promise<Reply | null> {
  client.token = token;
  try {
    return await client.read();
  } catch (error) {
    if (error instanceof ChatError && error.gone) return null;
    throw error;
  }
}

async function start(client: ChatClient, store: SessionStore, language: Language): Promise<Entry> {
  client.token = null;
  // Without the query and the fragment: they may say something about the visitor.
  const page = /^https?:$/.test(location.protocol) ? location.origin + location.pathname : null;
  const { token, ...reply } = await client.start(language, page);
  client.token = token;
  const id = freshId();
  store.write({ id, token, language: reply.language ?? language, revision: 0 });
  return { id, reply, isNew: true };
}
