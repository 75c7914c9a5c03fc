import type { Mark, MarkType, Node, NodeType, Schema } from "@tiptap/pm/model";
import { isSafeLink } from "../schema/links";
import { Ancestry, type Place } from "./ancestry";
import { ATOM, BREAK, END, Flat } from "./flat";
import { fieldOf, type Formats, NO_FORMATS, recordOf } from "./formats";
import type { StoredRun } from "./stored";

const SPECIAL = /[\n\u2028\ufffc]/g;

/** A block of the document's (or a cell's) first level, and what it takes up in what is stored. */
export interface Piece {
  readonly node: Node;
  readonly stored: number;
  /** Its last end is not stored: what is stored next would join it. */
  readonly isOpenEnded: boolean;
  /** Whether units and stored units of it are the same, one by one. */
  readonly isPlain: boolean;
}

export interface Layout {
  readonly pieces: readonly Piece[];
  readonly flat: Flat;
  /** There was nothing to show; the one empty paragraph stands for that. */
  readonly isEmpty: boolean;
}

/** The blocks that stored text stands for. Whatever is odd in it, no word is lost, and the result keeps to the schema. */
export function layOut(runs: readonly StoredRun[], inside: NodeType, tableAt: (embed: unknown) => Node | null): Layout {
  const layer = new Layer(inside, tableAt);
  for (const run of runs) {
    if (typeof run.insert === "string") layer.addText(run.insert, run.formats);
    else layer.addEmbed(run.insert.embed);
  }
  return layer.finish();
}

interface Top {
  readonly place: Place;
  stored: number;
  isOpenEnded: boolean;
  isPlain: boolean;
}

class Layer {
  readonly #schema: Schema;
  readonly #flat = new Flat();
  readonly #ancestry: Ancestry;
  readonly #tops: Top[] = [];
  #inline: Node[] = [];
  /** Stored units since the last block. */
  #pending = 0;
  #sawHidden = false;
  #lastFormats: Formats = NO_FORMATS;
  #lastMarks: readonly Mark[] = [];

  constructor(
    inside: NodeType,
    private readonly tableAt: (embed: unknown) => Node | null,
  ) {
    this.#schema = inside.schema;
    this.#ancestry = new Ancestry(inside);
  }

  addText(text: string, formats: Formats): void {
    let from = 0;
    for (const { index } of text.matchAll(SPECIAL)) {
      this.#addWords(text.slice(from, index), formats);
      this.#addSpecial(text.charAt(index), formats);
      from = index + 1;
    }
    this.#addWords(text.slice(from), formats);
  }

  addEmbed(embed: unknown): void {
    const table = this.tableAt(embed);
    this.#pending += 1;
    if (!table) {
      this.#flat.addHidden();
      this.#sawHidden = true;
      return;
    }
    this.#pending -= 1;
    this.#closeRest();
    this.#pending += 1;
    this.#flat.add(ATOM, NO_FORMATS, `table:${String(table.attrs["id"])}`);
    this.#place(table, null);
  }

  finish(): Layout {
    this.#closeRest();
    const isEmpty = !this.#tops.length;
    if (isEmpty) {
      this.#flat.addVirtualEnd();
      this.#place(this.#schema.nodes["paragraph"]!.create(), null, true);
    }
    const last = this.#tops.at(-1);
    if (last && this.#pending) {
      last.stored += this.#pending;
      last.isPlain = false;
    }
    const pieces = this.#tops.map(({ place, stored, isOpenEnded, isPlain }) => ({ node: place.build(), stored, isOpenEnded, isPlain }));
    return { pieces, flat: this.#flat, isEmpty };
  }

  #addWords(text: string, formats: Formats): void {
    if (!text) return;
    this.#flat.add(text, formats);
    this.#pending += text.length;
    this.#inline.push(this.#schema.text(text, this.#marks(formats)));
  }

  #addSpecial(unit: string, formats: Formats): void {
    if (unit === END) return this.#addEnd(formats);
    const name = unit === BREAK ? "hardBreak" : "footnote";
    const attributes = recordOf(formats[`@${name}`]);
    if (unit === ATOM && !attributes) return this.#addWords(unit, formats);
    const node = this.#schema.nodes[name]!.create(unit === ATOM ? attributes : null, null, this.#marks(formats));
    this.#flat.add(unit, formats, unit === ATOM ? `footnote:${String(node.attrs["id"])}` : undefined);
    this.#pending += 1;
    this.#inline.push(node);
  }

  #addEnd(formats: Formats): void {
    const type = this.#typeOf(formats);
    if (type.isLeaf) this.#closeRest();
    const inline = this.#inline;
    this.#inline = [];
    this.#pending += 1;
    const node = type.create(type.name === "paragraph" ? null : recordOf(formats["t"]), inline);
    this.#flat.add(END, formats, type.isLeaf ? `picture:${String(node.attrs["src"])}` : undefined);
    this.#place(node, formats);
  }

  /** The kind of block that this end says, if it may stand here at all. */
  #typeOf(formats: Formats): NodeType {
    const paragraph = this.#schema.nodes["paragraph"]!;
    const name = fieldOf(formats["t"], "n");
    const type = typeof name === "string" && Object.hasOwn(this.#schema.nodes, name) ? this.#schema.nodes[name]! : paragraph;
    const isBlock = type.isTextblock || (type.isLeaf && type.isBlock);
    return isBlock && this.#ancestry.canStand(type) ? type : paragraph;
  }

  /** Words whose end somebody deleted, or that need none, are a paragraph. */
  #closeRest(): void {
    if (!this.#inline.length) return;
    const inline = this.#inline;
    this.#inline = [];
    this.#flat.addVirtualEnd();
    this.#place(this.#schema.nodes["paragraph"]!.create(null, inline), null, true);
  }

  #place(node: Node, formats: Formats | null, isVirtual = false): void {
    const top = this.#ancestry.place(node, formats?.["p"], formats?.["s"]);
    const isPlain = !this.#sawHidden && !isVirtual;
    if (top) {
      this.#tops.push({ place: top, stored: this.#pending, isOpenEnded: isVirtual, isPlain });
    } else {
      const last = this.#tops.at(-1)!;
      last.stored += this.#pending;
      last.isPlain &&= isPlain;
    }
    this.#pending = 0;
    this.#sawHidden = false;
  }

  #marks(formats: Formats): readonly Mark[] {
    if (formats !== this.#lastFormats) {
      this.#lastFormats = formats;
      this.#lastMarks = marksOf(this.#schema, formats);
    }
    return this.#lastMarks;
  }
}

function marksOf(schema: Schema, formats: Formats): readonly Mark[] {
  let marks: readonly Mark[] = [];
  for (const [name, value] of Object.entries(formats)) {
    const type: MarkType | undefined = Object.hasOwn(schema.marks, name) ? schema.marks[name] : undefined;
    if (!type || !value || (name === "link" && !isSafeLink(fieldOf(value, "href")))) continue;
    marks = type.create(recordOf(value)).addToSet(marks);
  }
  return marks;
}
