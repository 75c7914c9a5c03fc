import type { Node } from "@tiptap/pm/model";
import * as Y from "yjs";

/** What is accounted for: a third of a typed word, a word of the start, a footnote or a picture; each has its own name. */
const PIECE = /[A-Z]\d+[a-z]/g;

export type Counts = ReadonlyMap<string, number>;

const ofBlocks = new WeakMap<Node, readonly string[]>();
const ofDocuments = new WeakMap<Node, Counts>();

export function piecesIn(text: string): readonly string[] {
  return text.match(PIECE) ?? [];
}

/** How often each piece is shown. A piece that another's words have landed in is not a piece any more. */
export function shown(doc: Node): Counts {
  const known = ofDocuments.get(doc);
  if (known) return known;
  const counts = new Map<string, number>();
  doc.descendants((node) => {
    if (!node.isTextblock && !(node.isLeaf && node.isBlock)) return true;
    add(counts, ofBlock(node));
    return false;
  });
  ofDocuments.set(doc, counts);
  return counts;
}

function add(counts: Map<string, number>, pieces: readonly string[]): void {
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
}

function ofBlock(node: Node): readonly string[] {
  let pieces = ofBlocks.get(node);
  if (!pieces) {
    pieces = piecesIn(node.isTextblock ? node.textBetween(0, node.content.size, " ", nameOf) : nameOf(node));
    ofBlocks.set(node, pieces);
  }
  return pieces;
}

/** The name of a footnote or a picture, set off so that it cannot grow together with the words around it. */
export function nameOf(node: Node): string {
  return ` ${String(node.attrs["id"] ?? node.attrs["alt"] ?? "")} `;
}

/** How often each piece is in the shared texts of one copy, whether it is shown or not (a deleted row keeps its text). */
export class Stored {
  readonly #pieces = new Map<object, readonly string[]>();
  #counts: Counts | null = null;

  constructor(private readonly ydoc: Y.Doc) {
    ydoc.on("afterTransaction", ({ changed }: Y.Transaction) => {
      for (const type of changed.keys()) this.#pieces.delete(type);
      this.#counts = null;
    });
  }

  counts(): Counts {
    this.#counts ??= this.#count();
    return this.#counts;
  }

  #count(): Counts {
    const counts = new Map<string, number>();
    for (const type of this.ydoc.share.values()) {
      if (!(type instanceof Y.Text)) continue;
      const pieces = this.#pieces.get(type) ?? inText(type);
      this.#pieces.set(type, pieces);
      add(counts, pieces);
    }
    return counts;
  }
}

function inText(text: Y.Text): readonly string[] {
  let words = "";
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof insert !== "string") words += " ";
    else if (!attributes?.["@footnote"] && !attributes?.["t"]) words += insert;
    else words += insert.replace(/[\uFFFC\n]/g, ` ${piecesIn(JSON.stringify(attributes)).join(" ")} `);
  }
  return piecesIn(words);
}
