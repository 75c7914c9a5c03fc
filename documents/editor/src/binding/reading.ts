import type { Node, Schema } from "@tiptap/pm/model";
import type * as Y from "yjs";
import { layOut } from "./layout";
import { readRuns } from "./stored";
import { Tables } from "./tables";

/** The root text of a section. */
export const SECTION = "default";

/** The document as it is in Yjs, made from nothing; it is what every editor must show. */
export function readDocument(ydoc: Y.Doc, schema: Schema): Node {
  const tables = new Tables(ydoc, schema);
  const { pieces } = layOut(readRuns(ydoc.getText(SECTION)), schema.topNodeType, (embed) => tables.shownAt(embed));
  return schema.topNodeType.create(null, pieces.map(({ node }) => node));
}
