// Builds dist/widget.js: one minified file with the styles and both languages inside.
// Says how large it is over the wire, and fails when that is more than the budget.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { minify } from "terser";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUT = join(HERE, "dist", "widget.js");
const BUDGET = 20_000;
// The oldest browsers in which every part works; older ones keep the page's own fallback content.
const BROWSERS = ["chrome92", "edge92", "firefox101", "safari15.4"];

// Names of our own that come back most, made short. None is a name of the browser, of a message, of what is kept in
// the browser, or one that is ever looked up by a string.
const OURS = [
  ...["element", "outbox", "watcher", "composer", "announcer", "choosable", "rateable", "talk", "menuButton"],
  ...["focusInput", "toEnd", "privacyLink", "switchLanguage", "announceText", "holdsFocus"],
];

/** Hands a style sheet to the code as minified text: it goes into the shadow root, never into the page. */
const styleText = {
  name: "style-text",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      const { code } = await transform(css, { loader: "css", minify: true, target: BROWSERS });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: [join(HERE, "src", "index.ts")],
  write: false,
  bundle: true,
  minify: true,
  mangleProps: new RegExp(`^(${OURS.join("|")})$`),
  format: "iife",
  target: BROWSERS,
  legalComments: "none",
  logLevel: "warning",
  plugins: [styleText],
});

// A second pass takes off what the bundler leaves, some two per cent of what goes over the wire.
const { code: minified } = await minify(outputFiles[0].text, {
  ecma: 2020,
  compress: { passes: 3, keep_fargs: false, inline: 1 },
  // Plain ASCII: read rightly on a page in any encoding, whatever the server says of the file.
  format: { ascii_only: true },
});
const code = Buffer.from(minified);
await mkdir(dirname(OUTPUT), { recursive: true });
await writeFile(OUTPUT, code);

const size = gzipSync(code, { level: 9 }).length;
const integrity = `sha384-${createHash("sha384").update(code).digest("base64")}`;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(2)} kB`;
console.log(`dist/widget.js  ${kilobytes(code.length)}, ${kilobytes(size)} gzipped (at most ${kilobytes(BUDGET)})`);
console.log(`integrity       ${integrity}`);
if (size > BUDGET) {
  console.error("The widget is over its budget: take something out, or raise BUDGET in build.mjs with a reason.");
  process.exitCode = 1;
}
