import type { Node, Schema } from "@tiptap/pm/model";
import type { Random } from "./random";

/** Makes the text that a session starts with. Its words are pieces too: `S1s`, `S2s`, … */
class Start {
  #pieces = 0;

  constructor(
    private readonly schema: Schema,
    private readonly random: Random,
  ) {}

  node(type: string, content: readonly Node[] | null = null, attributes: Record<string, unknown> | null = null): Node {
    return this.schema.nodes[type]?.create(attributes, content) as Node;
  }

  paragraph(least = 4): Node {
    return this.node("paragraph", this.words(least));
  }

  words(least: number): Node[] {
    const words = Array.from({ length: least + this.random.below(6) }, () => this.piece("s"));
    return [this.schema.text(words.join(" "))];
  }

  /** Words in several marks, with a footnote and a break between them. */
  rich(): Node {
    const { marks } = this.schema;
    const [bold, link] = [marks["bold"]?.create(), marks["link"]?.create({ href: "https://example.org/" })];
    const footnote = this.node("footnote", null, { id: this.piece("f"), text: "At the start." });
    const marked = [this.schema.text(`${this.piece("s")} `), this.schema.text(this.piece("s"), bold ? [bold] : []), footnote];
    const rest = [this.schema.text(` ${this.piece("s")}`), this.node("hardBreak"), this.schema.text(this.piece("s"), link ? [link] : [])];
    return this.node("paragraph", [...marked, ...rest]);
  }

  list(type: string): Node {
    const inner = this.node("bulletList", [this.node("listItem", [this.paragraph(1)])]);
    const items = [this.node("listItem", [this.paragraph(2)]), this.node("listItem", [this.paragraph(2), inner])];
    return this.node(type, items);
  }

  table(): Node {
    const cell = (type: string): Node => this.node(type, [this.random.chance(0.7) ? this.paragraph(1) : this.node("paragraph")]);
    const rows = ["tableHeader", "tableCell", "tableCell"].slice(this.random.below(2));
    return this.node("table", rows.map((type) => this.node("tableRow", [cell(type), cell(type)])));
  }

  image(): Node {
    return this.node("image", null, pictureAttributes(this.piece("i")));
  }

  piece(kind: string): string {
    return `S${++this.#pieces}${kind}`;
  }

  block(index: number): Node {
    const makers = [
      () => this.paragraph(),
      () => this.list("bulletList"),
      () => this.table(),
      () => this.rich(),
      () => this.node("heading", this.words(2), { level: 2 }),
      () => this.node("blockquote", [this.paragraph(2), this.paragraph(2)]),
      () => this.list("orderedList"),
      () => this.image(),
    ];
    return (makers[index % makers.length] ?? (() => this.paragraph()))();
  }
}

/** The first document: every node and mark occurs where there are eight blocks or more. */
export function startingDocument(schema: Schema, random: Random, blocks: number): Node {
  const start = new Start(schema, random);
  const turn = blocks < 8 ? random.below(3) : 0;
  const children = Array.from({ length: blocks }, (_, index) => (blocks > 8 && index % 3 === 1 ? start.paragraph() : start.block(index + turn)));
  return start.node("doc", children);
}

/** A picture of the portal; its description is its name in the accounts. */
export function pictureAttributes(alt: string): Record<string, unknown> {
  const number = String(alt.length * 1000 + Number(alt.replace(/\D/g, ""))).padStart(12, "0");
  return { src: `/images/00000000-0000-4000-8000-${number}/`, alt, width: 40, height: 30 };
}
