import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "../src/entries";
import type { Pending } from "../src/session-store";
import { message } from "./messages";

const choices = [
  { id: "q.0", label: "ja" },
  { id: "q.1", label: "nee" },
];
const question = message({ id: "q", choices });
const said = message({ id: "v", client_id: "v", sender: "visitor" });
const pending = (part: Partial<Pending>): Pending => ({
  ...{ clientId: "p", text: "tekst", choice: null, asked: null, time: "2026-03-02T10:16:00.000Z", state: "sending" },
  ...{ reason: "", lineFailed: false, notBefore: 0 },
  ...part,
});

test("choices of the latest question may be taken", () =>
  assert.deepEqual(
    entriesOf([question], [], "nl", true).map(({ choosable }) => choosable),
    [true],
  ));

test("only the last of two questions can be answered", () => {
  const again = message({ id: "f", language: "fr", choices: [{ id: "f.0", label: "oui" }] });
  assert.deepEqual(
    entriesOf([question, again], [], "fr", true).map(({ choosable }) => choosable),
    [false, true],
  );
});

test("choices may not be taken after the visitor spoke, nor without a live conversation", () => {
  assert.equal(entriesOf([question, said], [], "nl", true)[0]!.choosable, false);
  assert.equal(entriesOf([question], [], "nl", false)[0]!.choosable, false);
});

test("a choice on its way is taken already, and is shown as the visitor's message", () => {
  const [asked, own] = entriesOf([question], [pending({ choice: "q.1", asked: "q", text: "nee" })], "nl", true);
  assert.deepEqual([asked!.taken, asked!.choosable, own!.message.text, own!.key], ["q.1", false, "nee", "p"]);
});

test("a message the server has already is not shown twice", () =>
  assert.deepEqual(
    entriesOf([said], [pending({ clientId: "v" })], "nl", true).map(({ key }) => key),
    ["v"],
  ));

for (const [topic, rateable] of [
  ["faq/deadline", true],
  ["out_of_scope", true],
  ["clarify", false],
  ["greet", false],
  [null, false],
] as const) {
  test(`an answer on ${topic} ${rateable ? "can" : "cannot"} be rated`, () =>
    assert.equal(entriesOf([message({ id: "a", topic })], [], "nl", true)[0]!.rateable, rateable));
}

test("a verdict can be rated", () =>
  assert.equal(entriesOf([message({ verdict: { result: "unclear" } })], [], "nl", true)[0]!.rateable, true));

test("an answer in two messages is rated once, below the second", () => {
  const both = [message({ id: "a", topic: "faq/results" }), message({ id: "b", topic: "faq/results" })];
  assert.deepEqual(
    entriesOf(both, [], "nl", true).map(({ rateable }) => rateable),
    [false, true],
  );
});
