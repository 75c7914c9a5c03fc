/** What the random sessions have found, each as small as it could be made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { joinBackward } from "@tiptap/pm/commands";
import { Fragment } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { exchange, list, paragraph, picture, schema, table, two } from "../binding/testing";

test("a caret in a table stays at its words when somebody changes the table, and a picture stands behind it", () => {
  const [amira, ned] = two(table(["one", "two"], ["three", "four"]), picture(1));
  ned.caret(ned.after("two"));
  const { tr } = amira.state;
  for (const words of ["two", "four"]) tr.setNodeAttribute(tr.doc.resolve(amira.find(words)).before(3), "colwidth", [120]);
  amira.dispatch(tr);
  exchange(amira, ned);

  assert.ok(ned.state.selection instanceof TextSelection);
  assert.equal(ned.state.selection.head, ned.after("two"));
});

test("a paragraph before a picture that becomes an item of the list above it does so for everybody", () => {
  const bold = paragraph().copy(Fragment.from(schema.text("third", [schema.mark("bold")])));
  const [amira, ned] = two(list("orderedList", "first", "second"), bold);
  // The end of the last paragraph is not stored yet when a picture comes behind it.
  amira.dispatch(amira.state.tr.insert(amira.doc.content.size, picture(1)));
  exchange(amira, ned);
  amira.caret(amira.find("third"));
  amira.run(joinBackward);
  exchange(amira, ned);

  assert.equal(ned.doc.toString(), amira.doc.toString());
  assert.equal(ned.doc.toString(), ned.stored.toString());
});
