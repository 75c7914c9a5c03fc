import * as Y from "yjs";
import { type Formats, NO_FORMATS } from "./formats";

/** Words, or an embed, with their formats. */
export interface StoredRun {
  readonly insert: string | { readonly embed: unknown };
  readonly formats: Formats;
}

/** What a Yjs text holds between two places. Yjs itself can only tell the whole text. */
export function readRuns(text: Y.Text, from = 0, to = Number.POSITIVE_INFINITY): StoredRun[] {
  const runs: StoredRun[] = [];
  const current = new Map<string, unknown>();
  let formats: Formats | null = NO_FORMATS;
  let at = 0;
  for (let item = text._start; item !== null && at < to; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      setFormat(current, content.key, content.value);
      formats = null;
      continue;
    }
    const end = at + item.length;
    if (end > from) {
      formats ??= current.size ? Object.fromEntries(current) : NO_FORMATS;
      if (content instanceof Y.ContentString) {
        runs.push({ insert: content.str.slice(Math.max(0, from - at), to - at), formats });
      } else {
        // Anything else counts as one unit that is not shown; nothing of ours writes more than embeds.
        for (let unit = Math.max(at, from); unit < Math.min(end, to); unit += 1) runs.push({ insert: { embed: embedOf(content) }, formats });
      }
    }
    at = end;
  }
  return runs;
}

function setFormat(current: Map<string, unknown>, key: string, value: unknown): void {
  if (value === null || value === undefined) current.delete(key);
  else current.set(key, value);
}

function embedOf(content: unknown): unknown {
  return content instanceof Y.ContentEmbed ? (content.embed as unknown) : null;
}

/** The words of a Yjs text, embeds left out. */
export function wordsOf(text: Y.Text): string {
  let words = "";
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) words += item.content.str;
  }
  return words;
}
