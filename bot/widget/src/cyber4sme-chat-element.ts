/** The element on the page: attributes in, events out; between them the conversation and its view. */
import { ATTRIBUTES, firstLanguage, privacyLinkOf, serverOf, titleOf } from "./attributes";
import { ChatClient, type ChatError } from "./client";
import { Conversation, type Watcher } from "./conversation";
import { entriesOf } from "./entries";
import { isLanguage, type Message, type Language } from "./message";
import { ownMessage } from "./outbox";
import { PageSignals } from "./page-signals";
import { SessionStore, type Pending } from "./session-store";
import { dress, paint } from "./styling";
import { say, sayUnread } from "./texts";
import { saveFile, transcriptText } from "./transcript-file";
import { ChatView } from "./views/chat-view";
import type { Actions } from "./views/model";

export class Cyber4smeChatElement extends HTMLElement {
  /** Where the script came from: the server, unless an attribute names another. */
  declare static scriptOrigin: string;

  static get observedAttributes(): readonly string[] {
    return ATTRIBUTES;
  }

  #conversation: Conversation | null = null;
  #view: ChatView | null = null;
  readonly #signals = new PageSignals({
    changed: () => this.#render(),
    resized: () => this.#fit(),
    online: () => void this.#conversation?.reconnect(),
    returned: () => void this.#conversation?.refresh(),
    printing: (begins) => {
      this.#lift(!begins);
      this.#view!.transcript.unfold();
    },
    repaint: () => this.#paint(),
  });

  /** Replace it to try the chat without a network. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    return globalThis.fetch(input, init);
  }

  /** Is the chat open? In the page's flow it always is. */
  get open(): boolean {
    return !this.hasAttribute("launcher") || this.hasAttribute("open");
  }

  /** Opens the panel; moves no focus. */
  show(): void {
    this.setAttribute("open", "");
  }

  /** Closes the panel; the conversation stays. */
  hide(): void {
    this.removeAttribute("open");
  }

  connectedCallback(): void {
    if (!this.#conversation) this.#build();
    this.#signals.listen(this.#conversation!.store, () => void this.#conversation!.follow());
    this.#tell("ready", {});
    this.#restoreOpen();
    this.#paint();
    this.#render();
    if (this.open || this.#conversation!.outbox.list.length) void this.#conversation!.open();
  }

  disconnectedCallback(): void {
    this.#signals.stop();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (!this.#view || before === value) return;
    if (name === "language" && isLanguage(value)) void this.#switchLanguage(value);
    if (name === "open" && this.hasAttribute("launcher")) this.#opened();
    if (name === "accent" || name === "theme") this.#paint();
    this.#render();
  }

  #build(): void {
    const server = serverOf(this, Cyber4smeChatElement.scriptOrigin);
    const store = new SessionStore(server);
    const client = new ChatClient(server, (input, init) => this.fetch(input, init));
    this.#conversation = new Conversation(client, store, firstLanguage(this), this.#watcher());
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    dress(root);
    this.#view = new ChatView(this.#actions(), store.tab.draft);
    root.replaceChildren(this.#view.element);
  }

  /** An open panel stays open from page to page, but never covers the whole of a new one. */
  #restoreOpen(): void {
    if (!this.hasAttribute("launcher")) return;
    this.#lift(true);
    const open = this.#conversation!.store.tab.open ?? this.hasAttribute("open");
    this.toggleAttribute("open", open && !this.#signals.full);
  }

  /** Into the browser's top layer, where no transform or stacking of the page reaches; on paper it has its place. */
  #lift(up: boolean): void {
    if (!this.hasAttribute("launcher")) return;
    this.popover = up ? "manual" : null;
    if (up) this.showPopover?.();
  }

  #opened(): void {
    const { open } = this;
    this.#conversation!.store.remember({ open });
    if (open) void this.#conversation!.open();
    this.#tell(open ? "open" : "close", {});
  }

  #paint(): void {
    paint(this.#view!.element, this);
  }

  #render(): void {
    const conversation = this.#conversation;
    if (!conversation) return;
    const { phase, problem, language, outbox } = conversation;
    const { online, full } = this.#signals;
    this.#view!.update({
      ...{ language, phase, problem, online, full, open: this.open, launcher: this.hasAttribute("launcher") },
      entries: entriesOf(conversation.messages, outbox.list, language, phase === "ready"),
      waiting: outbox.next !== undefined && online,
      title: titleOf(this, language),
      privacyLink: privacyLinkOf(this, language),
    });
    this.#fit();
  }

  #fit(): void {
    this.#view!.fitTo(this.#signals.full && this.open && this.hasAttribute("launcher") ? visualViewport : null);
  }

  #watcher(): Watcher {
    return {
      changed: () => this.#render(),
      started: () => this.#tell("start", {}),
      arrived: (messages) => this.#arrived(messages),
      sent: (pending) => this.#sent(pending),
      failed: (error, pending) => this.#failed(error, pending !== null),
      returned: (text) => this.#view!.composer.giveBack(text),
    };
  }

  #sent(pending: Pending): void {
    const { language } = this.#conversation!;
    this.#view!.announcer.message(ownMessage(pending, language), language);
    this.#tell("message", { sender: "visitor", kind: pending.choice ? "choice" : "text" });
  }

  #arrived(messages: Message[]): void {
    const { language } = this.#conversation!;
    if (this.open) for (const message of messages) this.#view!.announcer.message(message, language);
    else if (this.#view!.transcript.unread) this.#announce(sayUnread(language, this.#view!.transcript.unread));
    for (const { topic, reference } of messages) {
      this.#tell("message", { sender: "assistant", topic });
      if (reference) this.#tell("handoff", {});
    }
  }

  #failed({ status, code, message, gone }: ChatError, sending: boolean): void {
    const { language } = this.#conversation!;
    // An expired conversation has a notice of its own.
    if (sending && !gone) this.#announce(`${say(language, "failed")} ${message || say(language, "noConnection")}`);
    this.#tell("error", { status, code });
  }

  #actions(): Actions {
    const talk = this.#conversation!;
    return {
      talk,
      rate: async (message, rating, comment) => {
        const kept = await talk.rate(message, rating, comment);
        if (kept) this.#tell("rating", { rating, topic: message.topic });
        return kept;
      },
      switchLanguage: (language) => void this.#switchLanguage(language),
      download: () => this.#download(),
      restart: () => void talk.restart(),
      erase: () => void this.#erase(),
      toggle: (open) => this.#toggle(open),
      announce: (name, values) => this.#announce(say(talk.language, name, values)),
      announceText: (text) => this.#announce(text),
      focusInput: () => this.#view!.focusInput(),
    };
  }

  /** Opened or closed by the visitor: the focus goes along. */
  #toggle(open: boolean): void {
    const inside = this.#view!.holdsFocus;
    this.toggleAttribute("open", open);
    if (open) this.#view!.focusInput();
    else if (inside) this.#view!.focusLauncher();
  }

  async #switchLanguage(language: Language): Promise<void> {
    const conversation = this.#conversation!;
    if (conversation.language === language) return;
    // What the visitor asks for is what they want to see.
    this.#view!.transcript.toEnd();
    if (await conversation.switchLanguage(language)) this.#tell("language", {});
    else this.#announce(say(conversation.language, "notDone"));
  }

  async #erase(): Promise<void> {
    if (await this.#conversation!.erase()) this.#tell("delete", {});
    else this.#announce(say(this.#conversation!.language, "notDone"));
  }

  #download(): void {
    const { messages, language } = this.#conversation!;
    const now = new Date();
    saveFile(`cyber4sme-${now.toISOString().slice(0, 10)}.txt`, transcriptText(messages, language, now));
  }

  #announce(text: string): void {
    this.#view!.announcer.say(text, this.#conversation!.language);
  }

  /** Tells the page what happened; never what was said. */
  #tell(name: string, detail: object): void {
    const language = this.#conversation!.language;
    this.dispatchEvent(
      new CustomEvent(`cyber4sme:${name}`, { detail: { language, ...detail }, bubbles: true, composed: true }),
    );
  }
}
