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

/** Where each piece is stored: the Yjs ids of the first characters of its copies. */
export type Places = ReadonlyMap<string, readonly string[]>;

/** Where the pieces are in the shared texts of one copy, whether they are shown or not (a deleted row keeps its text). */
export class Stored {
  readonly #found = new Map<object, readonly Found[]>();
  #places: Places | null = null;

  constructor(private readonly ydoc: Y.Doc) {
    ydoc.on("afterTransaction", ({ changed }: Y.Transaction) => {
      for (const type of changed.keys()) this.#found.delete(type);
      this.#places = null;
    });
  }

  places(): Places {
    this.#places ??= this.#collect();
    return this.#places;
  }

  #collect(): Places {
    const places = new Map<string, string[]>();
    for (const type of this.ydoc.share.values()) {
      if (!(type instanceof Y.Text)) continue;
      const found = this.#found.get(type) ?? findIn(type);
      this.#found.set(type, found);
      for (const { piece, place } of found) {
        const known = places.get(piece);
        if (known) known.push(place);
        else places.set(piece, [place]);
      }
    }
    return places;
  }
}

interface Found {
  readonly piece: string;
  readonly place: string;
}

/** Formats whose value holds the name of a piece: a footnote's and a picture's. */
const NAMED: Readonly<Record<string, string>> = { "\uFFFC": "@footnote", "\n": "t" };

/** Written by its items, since nothing else tells which characters these are. */
function findIn(text: Y.Text): Found[] {
  const formats = new Map<string, unknown>();
  const words: string[] = [];
  const starts: { readonly at: number; readonly client: number; readonly clock: number }[] = [];
  let at = 0;
  const add = (part: string, client: number, clock: number): void => {
    starts.push({ at, client, clock });
    words.push(part);
    at += part.length;
  };
  for (let item = text._start; item; item = item.right) {
    const { content, id, deleted } = item;
    if (deleted) continue;
    if (content instanceof Y.ContentFormat) formats.set(content.key, content.value);
    else if (content instanceof Y.ContentEmbed) add(" ", id.client, id.clock);
    else if (content instanceof Y.ContentString) {
      let clock = id.clock;
      for (const part of content.str.split(/([\uFFFC\n])/)) {
        const named = formats.get(NAMED[part] ?? "");
        add(part + (named ? ` ${piecesIn(JSON.stringify(named)).join(" ")} ` : ""), id.client, clock);
        clock += part.length;
      }
    }
  }
  let run = 0;
  return [...words.join("").matchAll(PIECE)].map(({ 0: piece, index }) => {
    while (run + 1 < starts.length && (starts[run + 1]?.at ?? 0) <= index) run++;
    const { at: start = 0, client, clock = 0 } = starts[run] ?? {};
    return { piece, place: `${client}:${clock + index - start}` };
  });
}
