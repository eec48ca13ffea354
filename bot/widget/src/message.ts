/** The words of the conversation API: what the server sends and what every other part speaks of. */

export const LANGUAGES = ["nl", "fr"] as const;

/** A language the chat itself speaks. */
export type Language = (typeof LANGUAGES)[number];

/** A language a message can be in: visitors in German or English get one sentence of their own. */
export type MessageLanguage = Language | "de" | "en";

export type Rating = "up" | "down" | null;

export interface Choice {
  id: string;
  label: string;
}

export interface Source {
  title: string;
  /** ISO day, or null for a page that carries none: then the title says so. */
  date: string | null;
}

export type Outcome = "qualifies" | "does_not_qualify" | "unclear";

export interface Message {
  id: string;
  sender: "assistant" | "visitor";
  text: string;
  language: MessageLanguage;
  time: string;
  choices: Choice[];
  chosen: string | null;
  topic: string | null;
  sources: Source[];
  clientId: string | null;
  outcome: Outcome | null;
  /** The outcome is of a firm that looks for help: the target group, not an applicant. */
  ofTargetGroup: boolean;
  /** The reference of a question that was put in the department's mailbox. */
  reference: string | null;
  rating: Rating;
}

/** A message as JSON: anything may be missing, nothing is trusted to be there. */
export interface RawMessage {
  id?: string;
  sender?: string;
  text?: string;
  language?: string;
  time?: string;
  choices?: Choice[];
  chosen?: string | null;
  topic?: string | null;
  source?: Source | null;
  sources?: Source[];
  client_id?: string | null;
  verdict?: { path?: string; result?: string };
  handoff?: { reference?: string };
  rating?: string | null;
}

/** True for a language the chat itself speaks. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** One message from the server, complete: missing parts are empty, every source stands there once. */
export function readMessage(raw: RawMessage): Message {
  return {
    id: raw.id ?? "",
    sender: raw.sender === "visitor" ? "visitor" : "assistant",
    text: raw.text ?? "",
    language: raw.language === "de" || raw.language === "en" || isLanguage(raw.language) ? raw.language : "nl",
    time: raw.time ?? new Date().toISOString(),
    choices: raw.choices ?? [],
    chosen: raw.chosen ?? null,
    topic: raw.topic ?? null,
    sources: distinctSources([...(raw.source ? [raw.source] : []), ...(raw.sources ?? [])]),
    clientId: raw.client_id ?? null,
    outcome: readOutcome(raw.verdict?.result),
    ofTargetGroup: raw.verdict?.path === "target_sme",
    reference: raw.handoff?.reference ?? null,
    rating: raw.rating === "up" || raw.rating === "down" ? raw.rating : null,
  };
}

/** What a message is known by: the id its writer gave it, so that a sent message stays the same one. */
export function keyOf(message: Message): string {
  return message.clientId ?? message.id;
}

/** `known` with `arriving` in it: what was there is replaced in its place, what is new comes last. */
export function merge(known: readonly Message[], arriving: readonly Message[]): Message[] {
  const byKey = new Map(known.map((message) => [keyOf(message), message]));
  for (const message of arriving) byKey.set(keyOf(message), message);
  return [...byKey.values()];
}

function distinctSources(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [`${source.title} ${source.date}`, source])).values()];
}

function readOutcome(result: string | undefined): Outcome | null {
  return result === "qualifies" || result === "does_not_qualify" || result === "unclear" ? result : null;
}
