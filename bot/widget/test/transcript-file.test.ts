import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceText, transcriptText } from "../src/transcript-file";
import { message } from "./messages";

const page = { title: "Pagina", date: "2023-02-28" };

for (const [language, sources, expected] of [
  ["nl", [page], "Bron: Pagina, 28 februari 2023"],
  ["fr", [page], "Source\u00a0: Pagina, 28 février 2023"],
  [
    "nl",
    [page, { title: "Andere, zonder datum", date: null }],
    "Bronnen: Pagina, 28 februari 2023; Andere, zonder datum",
  ],
  ["fr", [page, { title: "Autre", date: null }], "Sources\u00a0: Pagina, 28 février 2023\u00a0; Autre"],
  ["en", [page], "Bron: Pagina, 28 February 2023"],
  ["nl", [], ""],
] as const) {
  test(`${sources.length} sources in ${language}`, () =>
    assert.equal(sourceText(message({ language, sources: [...sources] })), expected));
}

test("the file holds what was said, which choice was taken, the reference and the source", () => {
  const time = new Date(2026, 2, 2, 9, 5).toISOString();
  const choices = [
    { id: "a.0", label: "ja" },
    { id: "a.1", label: "nee" },
  ];
  const text = transcriptText(
    [
      message({ time, text: "Klopt dit?", choices, chosen: "a.1", sources: [page] }),
      message({ time, sender: "visitor", text: "nee" }),
      message({ time, text: "Genoteerd.", handoff: { reference: "C4S-2026-7F3K9Q" } }),
    ],
    "nl",
    new Date(2026, 2, 2, 18, 0),
  );
  const [head, ...said] = text.split("\n\n");
  assert.equal(head!.split("\n")[0], "Digitale assistent, FOD Economie, 2 maart 2026");
  assert.deepEqual(said, [
    "[09:05] Digitale assistent:\nKlopt dit?\n  [ ] ja\n  [x] nee\nBron: Pagina, 28 februari 2023",
    "[09:05] U:\nnee",
    "[09:05] Digitale assistent:\nGenoteerd.\nUw referentie: C4S-2026-7F3K9Q\n",
  ]);
});
