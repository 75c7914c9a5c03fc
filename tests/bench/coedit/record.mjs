// Writes recorded.json anew: what the editor sends while one person writes (words, formats, block ends, lists, tables).
// Usage: node tests/bench/coedit/record.mjs
import { writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..", "..");
const STREAMS = 6;
// Seven bits in each of four bytes, none of them zero: it is found again by its bytes.
const AUTHOR = 0x0f3c5a69;
const NAME = "default";

const SCRIPT = `
import { MODES } from "./documents/editor/src/fuzz/modes";
import { editorSchema } from "./documents/editor/src/fuzz/run";
import { Session } from "./documents/editor/src/fuzz/session";
for (const mode of Object.values(MODES)) mode.operations = 150;
export function record(seed, author) {
  const updates = [];
  const session = new Session({ seed, mode: seed % 2 ? "realistic" : "tables", people: 1, offline: 0 }, editorSchema());
  session.people.push = (person) => {
    person.ydoc.clientID = author;
    person.ydoc.on("update", (update) => updates.push(Buffer.from(update).toString("base64")));
    return Array.prototype.push.call(session.people, person);
  };
  session.run();
  return updates;
}
`;

const folder = join(ROOT, "build", "bench", String(process.pid));
await mkdir(folder, { recursive: true });
try {
  const outfile = join(folder, "record.mjs");
  const stdin = { contents: SCRIPT, resolveDir: ROOT, loader: "ts" };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "warning" });
  const { record } = await import(outfile);
  const streams = Array.from({ length: STREAMS }, (_, number) => record(number + 1, AUTHOR));
  writeFileSync(join(HERE, "recorded.json"), `${JSON.stringify({ author: AUTHOR, name: NAME, streams }, null, 1)}\n`);
  console.log(`${streams.flat().length} updates in ${streams.length} streams`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
