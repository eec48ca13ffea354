import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ChatError, type ChatClient, type Reply, type Say } from "../src/client";
import { Conversation, type Watcher } from "../src/conversation";
import { SessionStore } from "../src/session-store";
import { message } from "./messages";

Object.assign(globalThis, { location: { protocol: "https:", origin: "https://site.example", pathname: "/page" } });
if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { onLine: true } });

/** A server written by hand: keeps one conversation, answers once for each client id, refuses what it is told to. */
class FakeServer {
  token: string | null = null;
  started = 0;
  refusals: ChatError[] = [];
  readonly said: Say[] = [];
  #replies = new Map<string, Reply>();

  #open<T>(result: T): Promise<T> {
    const refusal = this.refusals.shift();
    return refusal ? Promise.reject(refusal) : Promise.resolve(result);
  }

  start(): Promise<Reply & { token: string }> {
    const messages = [message({ id: `welcome-${++this.started}`, choices: [{ id: "c.0", label: "Deadline?" }] })];
    return this.#open({ language: "nl" as const, messages, token: `token-${this.started}` });
  }

  read(): Promise<Reply> {
    return this.#open({
      language: "nl" as const,
      messages: [...this.#replies.values()].flatMap(({ messages }) => messages),
    });
  }

  async say(what: Say): Promise<Reply> {
    await this.#open(null);
    this.said.push(what);
    const text = "text" in what ? what.text : what.choice;
    const known = this.#replies.get(what.client_id);
    const reply = known ?? {
      language: "nl" as const,
      messages: [message({ id: `to ${text}`, text, topic: "faq/deadline" })],
    };
    this.#replies.set(what.client_id, reply);
    return reply;
  }

  switchLanguage(language: "nl" | "fr"): Promise<Reply> {
    return this.#open({ language, messages: [message({ id: `in ${language}`, language })] });
  }

  rate(): Promise<void> {
    return this.#open(undefined);
  }

  erase(): Promise<void> {
    return this.#open(undefined);
  }
}

let server: FakeServer;
let store: SessionStore;
let happened: string[];
let talk: Conversation;

function converse(): Conversation {
  const watcher: Watcher = {
    changed: () => {},
    started: () => happened.push("started"),
    arrived: (messages) => happened.push(...messages.map(({ id }) => `arrived ${id}`)),
    sent: ({ text }) => happened.push(`sent ${text}`),
    failed: ({ status }) => happened.push(`failed ${status}`),
    returned: (text) => happened.push(`returned ${text}`),
  };
  return new Conversation(server as unknown as ChatClient, store, "nl", watcher);
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));
const refusal = (status: number, retryAfter = 0): ChatError => new ChatError(status, "code", "zin", retryAfter);

beforeEach(() => {
  server = new FakeServer();
  store = new SessionStore("https://chat.example");
  happened = [];
  talk = converse();
});

test("opening twice starts one conversation, and does not report the greeting as new", async () => {
  await Promise.all([talk.open(), talk.open()]);
  assert.deepEqual([server.started, talk.phase, happened], [1, "ready", ["started"]]);
});

test("a second page joins the stored conversation", async () => {
  await talk.open();
  await converse().open();
  assert.equal(server.started, 1);
});

test("a stored conversation that has expired makes room for a new one", async () => {
  await talk.open();
  server.refusals = [refusal(401)];
  const next = converse();
  await next.open();
  assert.deepEqual([server.started, next.phase], [2, "ready"]);
});

test("messages go out in order, one at a time, also before the conversation has begun", async () => {
  for (const text of ["een", "twee", "drie"]) talk.send(text);
  await settled();
  assert.deepEqual(
    talk.messages.map(({ id, clientId }) => (clientId ? "own" : id)),
    [...["welcome-1", "own", "to een", "own", "to twee", "own", "to drie"]],
  );
  assert.deepEqual(talk.outbox.list, []);
});

test("a choice is marked on the message that offered it", async () => {
  await talk.open();
  talk.choose(talk.messages[0]!, "c.0");
  await settled();
  assert.deepEqual([talk.messages[0]!.chosen, talk.messages[1]!.text], ["c.0", "Deadline?"]);
});

test("a choice the message does not offer is not sent", async () => {
  await talk.open();
  talk.choose(talk.messages[0]!, "other.0");
  await settled();
  assert.deepEqual(server.said, []);
});

test("what failed stays, and goes out again with the same id", async () => {
  await talk.open();
  server.refusals = [refusal(500)];
  talk.send("hallo");
  await settled();
  const [pending] = talk.outbox.list;
  assert.deepEqual([pending!.state, pending!.reason, pending!.lineFailed], ["failed", "zin", false]);
  assert.equal(talk.retry(pending!.clientId), 0);
  await settled();
  assert.deepEqual(server.said, [{ text: "hallo", client_id: pending!.clientId }]);
  assert.deepEqual(talk.outbox.list, []);
});

test("before the time the server named, nothing goes out again", async () => {
  await talk.open();
  server.refusals = [refusal(429, 30)];
  talk.send("hallo");
  await settled();
  assert.equal(talk.retry(talk.outbox.list[0]!.clientId), 30);
  await settled();
  assert.deepEqual(server.said, []);
});

test("without a line everything waits, and goes out when the line is back", async () => {
  await talk.open();
  server.refusals = [refusal(0)];
  talk.send("een");
  talk.send("twee");
  await settled();
  assert.deepEqual(
    talk.outbox.list.map(({ state }) => state),
    ["failed", "failed"],
  );
  await talk.reconnect();
  assert.deepEqual(
    server.said.map((what) => "text" in what && what.text),
    ["een", "twee"],
  );
});

test("what the server refused is not sent again by itself when the line is back", async () => {
  await talk.open();
  server.refusals = [refusal(400)];
  talk.send("hallo");
  await settled();
  await talk.reconnect();
  assert.deepEqual(server.said, []);
});

test("a message under way when the page was left is sent again by the next page", async () => {
  talk.outbox.add({ text: "hallo", choice: null, asked: null });
  const next = converse();
  await next.open();
  assert.deepEqual(
    server.said.map((what) => "text" in what && what.text),
    ["hallo"],
  );
});

test("in an expired conversation, typed text comes back and the next message begins anew", async () => {
  await talk.open();
  server.refusals = [refusal(401)];
  talk.send("hallo");
  await settled();
  assert.deepEqual([talk.phase, happened.slice(1)], ["expired", ["returned hallo", "failed 401"]]);
  talk.send("hallo");
  await settled();
  assert.deepEqual([talk.phase, server.started, talk.messages.length], ["ready", 2, 3]);
});

test("deleting leaves nothing here; when it fails, everything stays", async () => {
  await talk.open();
  server.refusals = [refusal(500)];
  assert.deepEqual([await talk.erase(), talk.messages.length, store.read() !== null], [false, 1, true]);
  assert.deepEqual([await talk.erase(), talk.messages.length, store.read()], [true, 0, null]);
});

test("deleting what has expired counts as deleted", async () => {
  await talk.open();
  server.refusals = [refusal(401)];
  assert.equal(await talk.erase(), true);
});

test("a new conversation takes the place of the old one", async () => {
  await talk.open();
  const before = store.read()!.id;
  await talk.restart();
  assert.deepEqual([talk.messages.map(({ id }) => id), store.read()!.id === before], [["welcome-2"], false]);
});

test("the language switches with the server, and back when it refuses", async () => {
  await talk.open();
  assert.deepEqual([await talk.switchLanguage("fr"), talk.language, talk.messages.at(-1)!.id], [true, "fr", "in fr"]);
  server.refusals = [refusal(500)];
  assert.deepEqual([await talk.switchLanguage("nl"), talk.language], [false, "fr"]);
});

test("an opinion the server does not take is taken back", async () => {
  await talk.open();
  const [welcome] = talk.messages;
  assert.deepEqual([await talk.rate(welcome!, "up", null), talk.messages[0]!.rating], [true, "up"]);
  server.refusals = [refusal(500)];
  assert.deepEqual([await talk.rate(talk.messages[0]!, "down", null), talk.messages[0]!.rating], [false, "up"]);
});

test("another tab's messages are followed and reported, its deletion too", async () => {
  await talk.open();
  const other = converse();
  await other.open();
  other.send("van elders");
  await settled();
  happened = [];
  await talk.follow();
  assert.deepEqual(happened, ["arrived to van elders"]);
  await other.erase();
  await talk.follow();
  assert.deepEqual([talk.phase, talk.messages], ["ended", []]);
});
