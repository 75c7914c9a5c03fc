/** Prints documents that sessions have made, one a line of JSON, so that the server's reader can be held against the editor. */
import { parseArgs } from "node:util";
import { DOMSerializer, type Node } from "@tiptap/pm/model";
import * as Y from "yjs";
import { plainDocument } from "./dom";
import { modeOf } from "./modes";
import { editorSchema } from "./run";
import { Session } from "./session";

/** The document as the editor holds it, and as it writes it in HTML. */
interface Line {
  readonly seed: number;
  readonly mode: string;
  /** One Yjs update that holds everything, in base64. */
  readonly update: string;
  readonly json: unknown;
  readonly html: string;
}

function lineOf(seed: number): Line {
  const mode = modeOf(seed);
  const session = new Session({ seed, mode }, editorSchema());
  session.run();
  const [first] = session.people;
  if (!first) throw new Error("A session needs people.");
  const { doc } = first.state;
  const update = Buffer.from(Y.mergeUpdates(session.people.map(({ ydoc }) => Y.encodeStateAsUpdate(ydoc)))).toString("base64");
  return { seed, mode, update, json: doc.toJSON(), html: htmlOf(doc) };
}

function htmlOf(doc: Node): string {
  return String(DOMSerializer.fromSchema(doc.type.schema).serializeFragment(doc.content, { document: plainDocument }));
}

const { values } = parseArgs({ options: { count: { type: "string", default: "60" }, seed: { type: "string", default: "1" } } });
const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.count); seed++) process.stdout.write(`${JSON.stringify(lineOf(seed))}\n`);
