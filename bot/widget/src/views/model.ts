/** What the views are given to show, and what they can ask for. */
import type { Conversation, Phase } from "../conversation";
import type { Entry } from "../entries";
import type { Language, Message, Rating } from "../message";
import type { TextName } from "../texts";

export interface Model {
  language: Language;
  phase: Phase;
  /** The server's own words when there is no conversation to be had. */
  problem: string;
  entries: readonly Entry[];
  /** Is the assistant answering? */
  waiting: boolean;
  online: boolean;
  open: boolean;
  /** A launcher with a panel over the page, rather than a chat in the page's flow. */
  launcher: boolean;
  /** The panel covers the whole window, as on a phone. */
  full: boolean;
  title: string;
  privacyLink: string | null;
}

export interface Actions {
  /** The conversation, for what concerns nothing but it. */
  readonly talk: Conversation;
  rate(message: Message, rating: Rating, comment: string | null): Promise<boolean>;
  switchLanguage(language: Language): void;
  download(): void;
  restart(): void;
  erase(): void;
  /** Opens or closes the panel, with the focus going along. */
  toggle(open: boolean): void;
  /** Has a text read out that only the eye would notice. */
  announce(name: TextName, values?: Record<string, string | number>): void;
  announceText(text: string): void;
  /** Puts the focus back in the input; only ever in answer to a key or a click. */
  focusInput(): void;
}
