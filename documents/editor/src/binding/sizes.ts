import type { Fragment, Node } from "@tiptap/pm/model";

const sizes = new WeakMap<Node, number>();

/** How many units a node takes in the flat text as it is shown. A table is one unit; its cells have texts of their own. */
export function flatSize(node: Node): number {
  if (node.isTextblock) return node.content.size + 1;
  if (node.isLeaf || node.type.name === "table") return 1;
  let size = sizes.get(node);
  if (size === undefined) {
    size = 0;
    for (const child of node.children) size += flatSize(child);
    sizes.set(node, size);
  }
  return size;
}

/** The unit at a position inside this content; between blocks, the first unit that follows. */
export function unitInside(content: Fragment, offset: number): number {
  let unit = 0;
  let start = 0;
  for (const child of content.content) {
    const end = start + child.nodeSize;
    if (offset < end) return unit + unitWithin(child, offset - start);
    unit += flatSize(child);
    start = end;
  }
  return unit;
}

function unitWithin(node: Node, offset: number): number {
  if (node.isTextblock) return Math.max(0, offset - 1);
  if (node.isLeaf || node.type.name === "table") return offset > 0 ? 1 : 0;
  return unitInside(node.content, offset - 1);
}

/** The position of a unit inside this content. */
export function offsetInside(content: Fragment, unit: number): number {
  let rest = unit;
  let start = 0;
  for (const child of content.content) {
    const size = flatSize(child);
    if (rest < size || child === content.lastChild) return start + offsetWithin(child, rest);
    rest -= size;
    start += child.nodeSize;
  }
  return start;
}

function offsetWithin(node: Node, unit: number): number {
  if (node.isTextblock) return 1 + Math.min(unit, node.content.size);
  if (node.isLeaf || node.type.name === "table") return 0;
  return 1 + offsetInside(node.content, unit);
}
