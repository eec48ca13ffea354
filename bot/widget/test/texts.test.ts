import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../src/message";
import { labelled, say, sayUnread, TEXTS, type TextName } from "../src/texts";

const names = Object.keys(TEXTS) as TextName[];

test("both languages fill the same places", () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const name of names) assert.deepEqual(places(TEXTS[name].nl), places(TEXTS[name].fr), name);
});

test("no text is empty", () => {
  for (const language of LANGUAGES) for (const name of names) assert.notEqual(TEXTS[name][language].trim(), "", name);
});

test("French has a no-break space before its high signs", () => {
  for (const name of names) assert.doesNotMatch(TEXTS[name].fr, /[^\u00a0\u202f][:;?!](\s|$)/, name);
});

test("places are filled, unknown ones stay to be seen", () => {
  assert.equal(say("nl", "counter", { count: "900", limit: "1.000" }), "900 van 1.000 tekens");
  assert.equal(say("nl", "counter", { count: 900 }), "900 van {limit} tekens");
});

test("one message and more", () =>
  assert.deepEqual([sayUnread("nl", 1), sayUnread("fr", 2)], ["1 nieuw bericht", "2 nouveaux messages"]));

test("a label before a colon", () =>
  assert.deepEqual([labelled("nl", "Bron", "x"), labelled("fr", "Source", "x")], ["Bron: x", "Source\u00a0: x"]));
