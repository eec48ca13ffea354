import assert from "node:assert/strict";
import { test } from "node:test";
import { merge, readMessage } from "../src/message";
import { message } from "./messages";

test("an empty object is an empty message of the assistant", () => {
  const { time, ...rest } = readMessage({});
  assert.ok(time);
  assert.deepEqual(rest, {
    ...{ id: "", sender: "assistant", text: "", language: "nl", choices: [], chosen: null, topic: null, sources: [] },
    ...{ clientId: null, outcome: null, ofTargetGroup: false, reference: null, rating: null },
  });
});

test("a source that is named twice stands there once", () => {
  const page = { title: "Pagina", date: "2023-02-28" };
  const other = { title: "Pagina", date: null };
  assert.deepEqual(message({ source: page, sources: [page, other] }).sources, [page, other]);
});

test("what the server does not know is not taken over", () => {
  const odd = message({ sender: "system", language: "xx", rating: "great", verdict: { result: "maybe" } });
  assert.deepEqual([odd.sender, odd.language, odd.rating, odd.outcome], ["assistant", "nl", null, null]);
});

test("an outcome tells whether it is about being helped", () => {
  const verdicts = ["target_sme", "applicant"].map((path) => message({ verdict: { path, result: "qualifies" } }));
  assert.deepEqual(verdicts.map(({ ofTargetGroup }) => ofTargetGroup), [true, false]);
});

test("a message that comes again replaces itself in its place", () => {
  const [one, two] = [message({ id: "1", text: "een" }), message({ id: "2" })];
  const again = message({ id: "1", text: "opnieuw" });
  assert.deepEqual(
    merge([one, two], [again, message({ id: "3" })]).map(({ id, text }) => id + text),
    ["1opnieuw", "2", "3"],
  );
});

test("a sent message is known by the id its writer gave it", () => {
  const mine = message({ id: "c1", client_id: "c1", sender: "visitor" });
  const stored = message({ id: "server", client_id: "c1", sender: "visitor" });
  assert.deepEqual(merge([mine], [stored]), [stored]);
});
