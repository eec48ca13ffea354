/** Turns the accent colour a webmaster chose into colours that can be read, in light and in dark. */

export interface Palette {
  /** Filled surfaces: header, own messages, buttons. Always with white on them. */
  fill: string;
  /** Coloured text, borders and focus rings on the chat's own grounds. */
  ink: string;
}

type Rgb = readonly number[];

const DEFAULT_ACCENT = "#00549f";
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
// The least favourable ground coloured text stands on, in each theme: --hover in styles/colours.css.
const GROUNDS = { light: [236, 240, 245], dark: [43, 53, 65] };

/** Colours made of `accent` (#rrggbb; anything else means the default) that keep `contrast` with what they meet. */
export function paletteOf(accent: string | null, theme: "light" | "dark", contrast = 4.5): Palette {
  const colour = parseHex(accent ?? "") ?? parseHex(DEFAULT_ACCENT)!;
  const fill = towards(colour, BLACK, WHITE, contrast);
  const ink = towards(colour, theme === "light" ? BLACK : WHITE, GROUNDS[theme], contrast);
  return { fill: toText(fill), ink: toText(ink) };
}

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
  return Math.max(a / b, b / a);
}

/** The colour of #rrggbb, or null. */
export function parseHex(text: string): Rgb | null {
  const pairs = /^#(..)(..)(..)$/
    .exec(text.trim())
    ?.slice(1)
    .map((pair) => parseInt(pair, 16));
  return pairs && !pairs.some(Number.isNaN) ? pairs : null;
}

/** `colour`, moved towards `end` in small steps until it stands out enough from `ground`. */
function towards(colour: Rgb, end: Rgb, ground: Rgb, contrast: number): Rgb {
  let moved = colour;
  for (let share = 0; share <= 1 && contrastOf(moved, ground) < contrast; share += 0.05) {
    moved = colour.map((value, index) => Math.round(value + (end[index]! - value) * share));
  }
  return moved;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toText(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}
