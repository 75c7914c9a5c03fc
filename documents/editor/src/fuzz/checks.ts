import type { Node } from "@tiptap/pm/model";
import { fixTables, TableMap } from "@tiptap/pm/tables";
import * as Y from "yjs";
import { readDocument } from "../binding/index";
import { Clock } from "./clock";
import { Person } from "./person";

/** What is wrong with a document in itself. */
export function invalidities(doc: Node): string[] {
  const problems: string[] = [];
  try {
    doc.check();
  } catch (error) {
    problems.push(String(error));
  }
  doc.descendants((node) => {
    if (node.type.name !== "table") return !node.isTextblock;
    const { problems: found, width, height } = TableMap.get(node);
    if (found?.length || !width || !height) problems.push(`A table is not rectangular: ${JSON.stringify(found)}`);
    return false;
  });
  return problems;
}

/** What is wrong with one person's editor at the end, apart from its words. */
export function editorProblems(person: Person): string[] {
  const problems = invalidities(person.state.doc);
  if (fixTables(person.state)?.docChanged) problems.push("prosemirror-tables would repair a table");
  if (person.repairs) problems.push(`prosemirror-tables repaired a table after ${person.repairs} of others' changes`);
  return problems.map((problem) => `${person.letter}: ${problem}`);
}

/** Where the copies of a text differ: between people, and from what somebody who comes now is shown. */
export function divergences(people: readonly Person[]): string[] {
  const [first] = people;
  if (!first) return [];
  const problems: string[] = [];
  const merged = Y.mergeUpdates(people.map(({ ydoc }) => Y.encodeStateAsUpdate(ydoc)));
  const late = reopened(merged, first);
  if (late.wrote) problems.push("opening the text wrote something");
  for (const person of people) {
    if (!person.state.doc.eq(late.person.state.doc)) problems.push(`${person.letter} is shown another text than somebody who comes now`);
    if (!person.state.doc.eq(readDocument(person.ydoc, person.state.schema))) problems.push(`${person.letter} is not shown what their copy holds`);
  }
  late.person.destroy();
  return problems;
}

/** Open a text anew, and see whether that alone writes something. */
function reopened(update: Uint8Array, like: Person): { readonly person: Person; readonly wrote: boolean } {
  const ydoc = new Y.Doc();
  ydoc.clientID = 7;
  Y.applyUpdate(ydoc, update);
  let wrote = false;
  ydoc.on("update", () => (wrote = true));
  const person = new Person(25, ydoc, like.state.schema, new Clock());
  return { person, wrote };
}
