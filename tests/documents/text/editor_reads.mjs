// Reads updates as the editor does. Standard input: one update in base64 a line; standard output, for each, one line of JSON
// with `json`, the document that the editor shows, `html`, what it writes, and `problem`, what its schema says against it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const editor = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "documents", "editor", "src");

const ENTRY = `
import { getSchema } from "@tiptap/core";
import { DOMSerializer } from "@tiptap/pm/model";
import * as Y from "yjs";
import { readDocument } from "./binding/reading";
import { plainDocument } from "./fuzz/dom";
import { extensions } from "./schema/extensions";

const schema = getSchema(extensions());
const serializer = DOMSerializer.fromSchema(schema);

export function read(update) {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, update);
  const document = readDocument(ydoc, schema);
  const html = String(serializer.serializeFragment(document.content, { document: plainDocument }));
  return { json: document.toJSON(), html, problem: problemOf(document) };
}

function problemOf(document) {
  try {
    document.check();
    return null;
  } catch (error) {
    return error.message;
  }
}
`;

async function load() {
  const folder = await mkdtemp(join(tmpdir(), "editor-reads-"));
  const outfile = join(folder, "reader.mjs");
  const stdin = { contents: ENTRY, resolveDir: editor, loader: "ts" };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning" });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { read } = await load();
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(read(Buffer.from(line, "base64")))}\n`);
}
