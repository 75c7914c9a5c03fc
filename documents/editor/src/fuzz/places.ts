import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type { Person } from "./person";
import type { Random } from "./random";

/** A block of text, and where it starts. */
export interface Block {
  readonly node: Node;
  readonly position: number;
}

export interface Word {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function textblocks(doc: Node): Block[] {
  const blocks: Block[] = [];
  doc.descendants((node, position) => {
    if (node.isTextblock) blocks.push({ node, position });
    return !node.isTextblock;
  });
  return blocks;
}

export function topBlocks(doc: Node, type?: string): Block[] {
  const blocks: Block[] = [];
  doc.forEach((node, position) => {
    if (!type || node.type.name === type) blocks.push({ node, position });
  });
  return blocks;
}

export function atoms(doc: Node, type: string): Block[] {
  const found: Block[] = [];
  doc.descendants((node, position) => {
    if (node.type.name === type) found.push({ node, position });
    return true;
  });
  return found;
}

/** Where between two words, or at the edges of a block, something can be typed without breaking a word. */
export function gaps({ node, position }: Block): number[] {
  const start = position + 1;
  const found = [start, start + node.content.size];
  node.forEach((child, offset) => {
    for (const { index } of (child.text ?? "").matchAll(/ /g)) found.push(start + offset + index, start + offset + index + 1);
  });
  return found;
}

export function words({ node, position }: Block): Word[] {
  const found: Word[] = [];
  const text = node.textBetween(0, node.content.size, "", () => " ");
  for (const match of text.matchAll(/[A-Za-z0-9]+/g)) {
    const from = position + 1 + match.index;
    found.push({ from, to: from + match[0].length, text: match[0] });
  }
  return found;
}

/** The ends of top-level blocks: where a block can be put. */
export function seams(doc: Node): number[] {
  return [0, ...topBlocks(doc).map(({ node, position }) => position + node.nodeSize)];
}

/** Where one table, list item or quote around a position starts, or null. */
export function around($position: ResolvedPos, ...types: string[]): number | null {
  for (let depth = $position.depth; depth > 0; depth--) {
    if (types.includes($position.node(depth).type.name)) return $position.before(depth);
  }
  return null;
}

export function isInside(person: Person, ...types: string[]): boolean {
  return around(person.state.selection.$from, ...types) !== null;
}

/** Chooses where a person works: anywhere, or mostly in their own part of the text. */
export class Places {
  constructor(
    private readonly people: number,
    private readonly ownShare: number,
  ) {}

  block(person: Person, random: Random): Block | undefined {
    const blocks = textblocks(person.state.doc);
    if (!random.chance(this.ownShare)) return random.pick(blocks);
    const first = Math.floor((blocks.length * person.index) / this.people);
    const end = Math.floor((blocks.length * (person.index + 1)) / this.people);
    return random.pick(blocks.slice(first, Math.max(first + 1, end)));
  }

  cell(person: Person, random: Random): Block | undefined {
    const { doc } = person.state;
    return random.pick(textblocks(doc).filter(({ position }) => doc.resolve(position).depth > 2 && doc.resolve(position).node(1).type.name === "table"));
  }

  gap(person: Person, random: Random): number | undefined {
    const block = this.block(person, random);
    return block && random.pick(gaps(block));
  }
}
