import assert from "node:assert/strict";
import { test } from "node:test";
import { longDay, shortTime, wholeNumber } from "../src/formats";

for (const [day, language, expected] of [
  ["2023-02-28", "nl", "28 februari 2023"],
  ["2023-02-28", "fr", "28 février 2023"],
  ["2023-03-01", "fr", "1er mars 2023"],
  ["2023-03-01", "nl", "1 maart 2023"],
  ["2023-03-01", "en", "1 March 2023"],
  ["in 2022", "nl", "in 2022"],
] as const) {
  test(`the day ${day} in ${language}`, () => assert.equal(longDay(day, language), expected));
}

test("a time today is only a clock", () => {
  const now = new Date(2026, 2, 2, 18, 0);
  assert.equal(shortTime(new Date(2026, 2, 2, 9, 5).toISOString(), now, "nl"), "09:05");
});

test("a time on another day names the day", () => {
  const now = new Date(2026, 2, 3, 18, 0);
  assert.equal(shortTime(new Date(2026, 2, 1, 9, 5).toISOString(), now, "fr"), "1er mars 2026, 09:05");
});

test("no time at all is nothing", () => assert.equal(shortTime("soon", new Date(), "nl"), ""));

test("thousands are set apart as each language does", () =>
  assert.deepEqual([wholeNumber(1000, "nl"), wholeNumber(1000, "fr")], ["1.000", "1\u202f000"]));
