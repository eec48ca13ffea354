import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf } from "../src/text-blocks";

test("an empty line parts paragraphs, a single break parts lines", () =>
  assert.deepEqual(blocksOf("een\ntwee\n\ndrie"), [
    { kind: "paragraph", lines: ["een", "twee"] },
    { kind: "paragraph", lines: ["drie"] },
  ]));

test("lines that begin with a dash or a number are lists, right after a paragraph too", () =>
  assert.deepEqual(blocksOf("Doe dit:\n- bel\n- mail\n3. wacht\n4. klaar"), [
    { kind: "paragraph", lines: ["Doe dit:"] },
    { kind: "bullets", start: 0, items: ["bel", "mail"] },
    { kind: "numbers", start: 3, items: ["wacht", "klaar"] },
  ]));

test("a line underlined by dashes is a heading", () =>
  assert.deepEqual(blocksOf("Zo:\n\nVRAAG\n-----\nKan dat?\n\n--\nDe chat"), [
    { kind: "paragraph", lines: ["Zo:"] },
    { kind: "heading", lines: ["VRAAG"] },
    { kind: "paragraph", lines: ["Kan dat?"] },
    { kind: "paragraph", lines: ["--", "De chat"] },
  ]));

for (const text of ["-----", "een\ntwee\n-----", "- een\n-----", "een\n\n-----", "een\n    -----"]) {
  test(`${JSON.stringify(text)} has no heading`, () =>
    assert.deepEqual(
      blocksOf(text).filter(({ kind }) => kind === "heading"),
      [],
    ));
}

for (const line of ["-5 %", "2022 was het", "10,6 miljoen", "31 oktober", "1.5 vte"]) {
  test(`"${line}" is no list`, () => assert.deepEqual(blocksOf(line), [{ kind: "paragraph", lines: [line] }]));
}

test("an empty text has no blocks", () => assert.deepEqual(blocksOf(""), []));
