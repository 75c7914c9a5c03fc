import { getSchema } from "@tiptap/core";
import type { AttributeSpec, MarkSpec, NodeSpec } from "@tiptap/pm/model";
import { extensions } from "./extensions";

type Entry = Record<string, unknown>;

/** The editor's schema as data, from which the server reads, checks and renders what the editor writes. */
export function dumpSchema(): Entry {
  const { spec } = getSchema(extensions());
  const nodes: Entry = {};
  const marks: Entry = {};
  spec.nodes.forEach((name, node) => (nodes[name] = nodeEntry(name, node)));
  spec.marks.forEach((name, mark) => (marks[name] = markEntry(mark)));
  return { topNode: "doc", nodes, marks };
}

/** The text of the committed file. */
export function schemaFile(): string {
  return `${JSON.stringify(dumpSchema(), null, 1)}\n`;
}

function nodeEntry(name: string, node: NodeSpec): Entry {
  const isInline = Boolean(node.inline) || name === "text";
  return {
    content: node.content ?? "",
    group: node.group ?? "",
    inline: isInline,
    atom: Boolean(node.atom),
    block: !isInline,
    ...(node.marks === undefined ? {} : { marks: node.marks }),
    ...attributes(node.attrs),
  };
}

function markEntry(mark: MarkSpec): Entry {
  return { ...attributes(mark.attrs), ...(mark.excludes === undefined ? {} : { excludes: mark.excludes }), inclusive: mark.inclusive ?? true };
}

function attributes(attrs: Record<string, AttributeSpec> | null | undefined): Entry {
  const entries = Object.entries(attrs ?? {}).map(([name, { default: value }]) => [name, { default: value as unknown }]);
  return entries.length ? { attrs: Object.fromEntries(entries) as Entry } : {};
}
