// Builds build/test/documents.js from the editor's sources, then prints documents made by random sessions: one a line, as
// JSON with `update` (base64), `json` and `html`. Usage: node tests/support/node/documents.mjs [--count 60] [--seed 1]
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const outfile = join(root, "build", "test", "documents.js");

await build({
  absWorkingDir: root,
  entryPoints: ["documents/editor/src/fuzz/documents.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
});
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: "inherit" });
process.exitCode = status ?? 1;
