import assert from "node:assert/strict";
import { test } from "node:test";
import { contrastOf, paletteOf, parseHex } from "../src/accent";

const rgb = (text: string): number[] => text.match(/\d+/g)!.map(Number);

test("black on white is 21, a colour on itself 1", () =>
  assert.deepEqual([contrastOf([0, 0, 0], [255, 255, 255]), contrastOf([9, 9, 9], [9, 9, 9])], [21, 1]));

test("a colour that can be read stays as it is", () =>
  assert.equal(paletteOf("#00549f", "light").fill, "rgb(0 84 159)"));

for (const wrong of ["", "red", "#12345", "#gggggg", "url(x)"]) {
  test(`"${wrong}" is no colour`, () => {
    assert.equal(parseHex(wrong), null);
    assert.deepEqual(paletteOf(wrong, "light"), paletteOf("#00549f", "light"));
  });
}

for (const accent of ["#ffd400", "#ffffff", "#000000", "#7a1f5c", "#00549f", "#7f7f7f"]) {
  for (const [theme, ground] of [
    ["light", [236, 240, 245]],
    ["dark", [43, 53, 65]],
  ] as const) {
    for (const contrast of [4.5, 7]) {
      test(`${accent} can be read in ${theme} at ${contrast}`, () => {
        const { fill, ink } = paletteOf(accent, theme, contrast);
        assert.ok(contrastOf(rgb(fill), [255, 255, 255]) >= contrast, fill);
        assert.ok(contrastOf(rgb(ink), ground) >= contrast, ink);
      });
    }
  }
}
