import assert from "node:assert/strict";
import { test } from "node:test";
import { linkParts } from "../src/links";

const hrefs = (text: string): (string | null)[] => linkParts(text).flatMap(({ href }) => (href ? [href] : []));

for (const [name, text, expected] of [
  ["a known host", "Zie https://economie.fgov.be/nl.", ["https://economie.fgov.be/nl"]],
  ["a part of a known host", "(https://www.police.be/fr)", ["https://www.police.be/fr"]],
  [
    "an address without https",
    "via ccb.belgium.be/en/cert/report-incident",
    ["https://ccb.belgium.be/en/cert/report-incident"],
  ],
  ["our mailbox", "Mail cyber4sme@economie.fgov.be, of bel.", ["mailto:cyber4sme@economie.fgov.be"]],
  ["two in one line", "safeonweb.be en suspect@safeonweb.be", ["https://safeonweb.be/", "mailto:suspect@safeonweb.be"]],
] as const) {
  test(`links ${name}`, () => assert.deepEqual(hrefs(text), expected));
}

for (const [name, text] of [
  ["an unknown host", "https://evil.example/"],
  ["a known host as the beginning of another", "https://economie.fgov.be.evil.example/"],
  ["a known host as the end of a word", "https://not-police.be/"],
  ["a known host as a user name", "https://economie.fgov.be@evil.example/"],
  ["a user name before a known host", "https://me@economie.fgov.be/"],
  ["a port", "https://economie.fgov.be:8443/"],
  ["no https", "http://economie.fgov.be/"],
  ["a script", "javascript:alert(1)//economie.fgov.be"],
  ["a look-alike letter", "https://есonomie.fgov.be/"],
  ["a mailbox elsewhere", "jan@police.be"],
  ["a number", "1.5 of 10.6"],
] as const) {
  test(`leaves ${name} as text`, () => assert.deepEqual(hrefs(text), []));
}

test("keeps every character", () => {
  const text = "«\u00a0Zie: https://safeonweb.be/nl, (of police.be)!\u00a0» …";
  assert.equal(
    linkParts(text)
      .map((part) => part.text)
      .join(""),
    text,
  );
});
