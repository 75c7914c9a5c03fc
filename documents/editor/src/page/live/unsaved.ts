import * as Y from "yjs";

interface Struct {
  readonly id: { readonly client: number; readonly clock: number };
  readonly length: number;
  readonly content?: unknown;
  readonly origin?: { readonly client: number; readonly clock: number } | null;
}

/** The words inside updates that were never saved, as plain text; runs typed at different places stand on own lines. */
export function wordsOf(updates: readonly Uint8Array[]): string {
  const runs: string[] = [];
  let last: Struct | null = null;
  for (const update of updates) {
    for (const struct of Y.decodeUpdate(update).structs as unknown as Struct[]) {
      const text = textOf(struct.content);
      if (!text) continue;
      if (last && follows(struct, last) && runs.length) runs[runs.length - 1] += text;
      else runs.push(text);
      last = struct;
    }
  }
  return runs.map((run) => run.trim()).filter(Boolean).join("\n");
}

function textOf(content: unknown): string {
  // U+FFFC stands for a footnote, whose words lie in its format; U+2028 is a line break.
  if (content instanceof Y.ContentString) return content.str.replaceAll("\uFFFC", "").replaceAll("\u2028", "\n");
  if (content instanceof Y.ContentFormat && content.key === "@footnote") return footnoteText(content.value);
  return "";
}

function footnoteText(value: unknown): string {
  const text = value && typeof value === "object" && "text" in value ? value.text : "";
  return typeof text === "string" && text ? ` (footnote: ${text}) ` : "";
}

function follows(struct: Struct, last: Struct): boolean {
  const { origin } = struct;
  return origin?.client === last.id.client && origin.clock === last.id.clock + last.length - 1;
}
