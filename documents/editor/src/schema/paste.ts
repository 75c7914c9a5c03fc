import { Extension } from "@tiptap/core";
import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { type EditorState, Plugin } from "@tiptap/pm/state";
import { isInTable } from "@tiptap/pm/tables";

/**
 * A pasted table keeps its name, so that cut and paste is a move; what is pasted into a table loses the names of rows and
 * columns, which mean nothing there. A copied footnote becomes one of its own.
 */
export const Paste = Extension.create({
  name: "pastedNames",
  addProseMirrorPlugins: () => [
    new Plugin({ props: { transformPasted: (slice, view) => renamed(slice, view.state) } }),
  ],
});

/** The slice as it may be pasted into this state. */
export function renamed(slice: Slice, state: EditorState): Slice {
  const present = footnoteIds(state.doc);
  const isForCells = isInTable(state) || !/^(?:doc|block|table)$/.test(outermost(slice));
  const change = (node: Node): Node => {
    const content = mapped(node.content, change);
    if (node.type.name === "footnote" && present.has(String(node.attrs["id"]))) {
      return node.type.create({ ...node.attrs, id: crypto.randomUUID().slice(0, 8) }, null, node.marks);
    }
    if (!isForCells) return content === node.content ? node : node.copy(content);
    return node.isText ? node : node.type.create(withoutNames(node), content, node.marks);
  };
  return new Slice(mapped(slice.content, change), slice.openStart, slice.openEnd);
}

/** What kind of content the slice begins with: `table` and `block` can stand in a section by themselves. */
function outermost(slice: Slice): string {
  const role: unknown = slice.content.firstChild?.type.spec["tableRole"];
  return typeof role === "string" ? role : "block";
}

function mapped(content: Fragment, change: (node: Node) => Node): Fragment {
  const nodes: Node[] = [];
  let isSame = true;
  content.forEach((node) => {
    const next = change(node);
    isSame &&= next === node;
    nodes.push(next);
  });
  return isSame ? content : Fragment.fromArray(nodes);
}

function withoutNames({ attrs }: Node): Record<string, unknown> {
  const kept = Object.entries(attrs).filter(([name]) => name !== "rid" && name !== "cid");
  return Object.fromEntries(kept);
}

function footnoteIds(doc: Node): Set<string> {
  const ids = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name === "footnote") ids.add(String(node.attrs["id"]));
  });
  return ids;
}
