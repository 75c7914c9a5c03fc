// Reads updates as the editor does. Standard input: one update in base64 a line; standard output, for each, one line of JSON
// with `json`, the document that the editor shows, `html`, what it writes, and `problem`, what its schema says against it.
import { serve } from "./editor_bundle.mjs";

const ENTRY = `
import { getSchema } from "@tiptap/core";
import { DOMSerializer } from "@tiptap/pm/model";
import * as Y from "yjs";
import { readDocument } from "./binding/reading";
import { plainDocument } from "./fuzz/dom";
import { extensions } from "./schema/extensions";

const schema = getSchema(extensions());
const serializer = DOMSerializer.fromSchema(schema);

export function answer(update) {
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

await serve(ENTRY, (line) => Buffer.from(line, "base64"));
