import type { Attrs, Node } from "@tiptap/pm/model";
import { ATOM, BREAK, END, Flat } from "./flat";
import { type Formats, NO_FORMATS } from "./formats";

/** Blocks of the first level of a document, or of a cell, as flat text: what `layOut` does, the other way round. */
export function flatten(blocks: readonly Node[]): Flat {
  const flattener = new Flattener();
  for (const block of blocks) flattener.add(block);
  return flattener.flat;
}

/** One place of an ancestor; the same node object may stand at several. */
interface Parent {
  readonly node: Node;
}

class Flattener {
  readonly flat = new Flat();
  #before: readonly Parent[] = [];

  add(block: Node): void {
    if (block.type.name === "table") {
      this.flat.add(ATOM, NO_FORMATS, `table:${String(block.attrs["id"])}`);
      this.#before = [];
    } else {
      this.#addBlock(block, []);
    }
  }

  #addBlock(block: Node, parents: readonly Parent[]): void {
    if (!block.isTextblock && !block.isLeaf) {
      const path = [...parents, { node: block }];
      for (const child of block.children) this.#addBlock(child, path);
      return;
    }
    for (const child of block.children) this.#addInline(child);
    const name = block.isLeaf ? `picture:${String(block.attrs["src"])}` : undefined;
    this.flat.add(END, this.#endFormats(block, parents), name);
    this.#before = parents;
  }

  #addInline(node: Node): void {
    const marks = node.marks.map(({ type, attrs }) => [type.name, said(attrs)] as const);
    const formats = marks.length ? (Object.fromEntries(marks) as Formats) : NO_FORMATS;
    // A line's end can get into a text only by mistake; stored as it is, it would end the block.
    if (node.isText) this.flat.add((node.text ?? "").replaceAll(END, BREAK), formats);
    else if (node.type.name === "hardBreak") this.flat.add(BREAK, formats);
    else this.flat.add(ATOM, { ...formats, [`@${node.type.name}`]: said(node.attrs) }, `footnote:${String(node.attrs["id"])}`);
  }

  #endFormats(block: Node, parents: readonly Parent[]): Formats {
    const formats: Record<string, unknown> = {};
    if (block.type.name !== "paragraph") formats["t"] = { n: block.type.name, ...said(block.attrs) };
    if (parents.length) {
      formats["p"] = parents.map(named);
      formats["s"] = sharedBy(this.#before, parents);
    }
    return formats;
  }
}

function sharedBy(before: readonly Parent[], parents: readonly Parent[]): number {
  let shared = 0;
  while (shared < parents.length && before[shared] === parents[shared]) shared += 1;
  return shared;
}

/** The name of an ancestor, with those attributes that do not have their default. */
function named({ node }: Parent): unknown {
  const specs = node.type.spec.attrs ?? {};
  const told = Object.entries(said(node.attrs)).filter(([name, value]) => value !== specs[name]?.default);
  return told.length ? [node.type.name, Object.fromEntries(told)] : node.type.name;
}

function said(attributes: Attrs): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes as Record<string, unknown>).filter(([, value]) => value !== null && value !== undefined));
}
