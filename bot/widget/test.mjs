// Runs the tests of the parts that need no page, in Node: bundles each test file and hands all to node:test.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = join(dirname(fileURLToPath(import.meta.url)), "test");
const names = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
const made = await mkdtemp(join(tmpdir(), "cyber4sme-chat-"));
try {
  await build({
    entryPoints: names.map((name) => join(folder, name)),
    outdir: made,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const files = names.map((name) => join(made, name.replace(/\.ts$/, ".mjs")));
  process.exitCode =
    spawnSync(process.execPath, ["--test", "--test-reporter=dot", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(made, { recursive: true });
}
