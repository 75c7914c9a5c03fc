// Answers a test line by line with parts of the editor: `entry` is TypeScript that exports `answer`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const editor = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "documents", "editor", "src");

/** For each line of the standard input one line of JSON, what `answer` says to `read(line)`. */
export async function serve(entry, read) {
  const { answer } = await load(entry);
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(answer(read(line)))}\n`);
  }
}

async function load(entry) {
  const folder = await mkdtemp(join(tmpdir(), "editor-bundle-"));
  const outfile = join(folder, "bundle.mjs");
  const stdin = { contents: entry, resolveDir: editor, loader: "ts" };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
