import type { Node, NodeType } from "@tiptap/pm/model";
import { recordOf } from "./formats";

const MOST_ANCESTORS = 40;

/** A node that is still growing, or a finished one. */
export class Place {
  readonly #children: (Place | Node)[] = [];

  constructor(
    readonly type: NodeType,
    private readonly attributes: Record<string, unknown> | null,
    private readonly finished: Node | null = null,
  ) {}

  add(child: Place | Node): void {
    this.#children.push(child);
  }

  build(): Node {
    if (this.finished) return this.finished;
    return this.type.create(this.attributes, this.#children.map((child) => (child instanceof Place ? child.build() : child)));
  }
}

interface Parent {
  readonly type: NodeType;
  readonly attributes: Record<string, unknown> | null;
}

interface Open {
  readonly type: NodeType;
  /** Where children go; null for an item that was left out, because it would not begin with words. */
  readonly place: Place | null;
}

/** Puts blocks under their ancestors, those shared with the block before and new ones (FORMAT.md, reading 3 to 5). */
export class Ancestry {
  #open: Open[] = [];

  constructor(private readonly inside: NodeType) {}

  canStand(block: NodeType): boolean {
    return canHold(this.inside, block);
  }

  /** Place a block. Returns the new node of the first level that it begins, or null if it went into the last one. */
  place(block: Node, ancestors: unknown, shared: unknown): Place | null {
    const parents = this.#parents(ancestors, block.type);
    this.#open.length = this.#shared(parents, shared);
    const isNew = this.#open.length === 0;
    const first = isNew ? this.#openFirst(parents, block) : null;
    if (!isNew) this.#openRest(parents);
    if (parents.length) this.#open.at(-1)?.place?.add(block);
    return first;
  }

  #openFirst(parents: readonly Parent[], block: Node): Place {
    const [first] = parents;
    if (!first) return new Place(block.type, null, block);
    const place = new Place(first.type, first.attributes);
    this.#open.push({ type: first.type, place });
    this.#openRest(parents);
    return place;
  }

  #openRest(parents: readonly Parent[]): void {
    for (let depth = this.#open.length; depth < parents.length; depth = this.#open.length) {
      const { type, attributes } = parents[depth]!;
      const outside = this.#open[depth - 1]!.place!;
      const next = parents[depth + 1];
      if (type.name === "listItem" && next) {
        this.#open.push({ type, place: null }, { type: next.type, place: outside });
        continue;
      }
      const place = new Place(type, attributes);
      outside.add(place);
      this.#open.push({ type, place });
    }
  }

  #shared(parents: readonly Parent[], claimed: unknown): number {
    const most = Math.min(typeof claimed === "number" ? claimed : 0, this.#open.length, parents.length);
    let shared = 0;
    while (shared < most && this.#open[shared]?.type === parents[shared]?.type) shared += 1;
    return shared && !this.#open[shared - 1]?.place ? shared - 1 : shared;
  }

  /** The ancestors a block names, as far as each may hold the next and the last may hold the block. */
  #parents(given: unknown, block: NodeType): readonly Parent[] {
    const parents: Parent[] = [];
    let holder = this.inside;
    for (const one of Array.isArray(given) ? given.slice(0, MOST_ANCESTORS) : []) {
      const name: unknown = Array.isArray(one) ? one[0] : one;
      const type = typeof name === "string" && Object.hasOwn(block.schema.nodes, name) ? block.schema.nodes[name]! : null;
      if (!type || type.name === "table" || !canHold(holder, type)) break;
      const attributes = Array.isArray(one) ? recordOf(one[1]) : null;
      parents.push({ type, attributes });
      holder = type;
    }
    while (parents.length && !canHold(parents.at(-1)!.type, block)) parents.pop();
    return parents;
  }
}

const held = new WeakMap<NodeType, Set<NodeType>>();

/** Whether a node of the one type may have a child of the other somewhere. */
function canHold(parent: NodeType, child: NodeType): boolean {
  let types = held.get(parent);
  if (!types) held.set(parent, (types = typesIn(parent)));
  return types.has(child);
}

function typesIn(parent: NodeType): Set<NodeType> {
  const types = new Set<NodeType>();
  const seen = new Set([parent.contentMatch]);
  for (const match of seen) {
    for (let edge = 0; edge < match.edgeCount; edge += 1) {
      types.add(match.edge(edge).type);
      seen.add(match.edge(edge).next);
    }
  }
  return types;
}
