import type { EditorState } from "@tiptap/pm/state";
import { decodeRelativePosition, type ID } from "yjs";
import { decodePosition, encodePosition } from "../binding/index";
import { fromBase64, toBase64 } from "../page/bytes";
import { keysIn, normal, textBetween } from "./words";

/** A passage as it is stored: its ends as relative positions, and its words at that time, kept for ever. */
export interface Anchor {
  readonly start: string;
  readonly end: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

const CONTEXT = 32;
const EDGE = /^\s+|\s+$/g;

/** The anchor of a passage, without the white space at its edges; null if there is no word in it. */
export function makeAnchor(state: EditorState, from: number, to: number): Anchor | null {
  const range = trimmed(state, from, to);
  if (!range) return null;
  const { doc } = state;
  const quote = textBetween(doc, range.from, range.to);
  if (!keysIn(quote).length) return null;
  return {
    // Each end stays with the letter of the passage: what is written right beside it does not belong to it.
    start: toBase64(encodePosition(state, range.from, 0)),
    end: toBase64(encodePosition(state, range.to, -1)),
    quote: quote.replaceAll("\ufffc", ""),
    before: normal(textBetween(doc, Math.max(0, range.from - 3 * CONTEXT), range.from)).slice(-CONTEXT),
    after: normal(textBetween(doc, range.to, Math.min(doc.content.size, range.to + 3 * CONTEXT))).slice(0, CONTEXT),
  };
}

/** The places right before the first and right behind the last letter between two places. */
export function trimmed({ doc }: EditorState, from: number, to: number): Range | null {
  let first: number | null = null;
  let last = from;
  doc.nodesBetween(from, to, (node, position) => {
    if (!node.isText) return true;
    const start = Math.max(from, position);
    const text = (node.text ?? "").slice(start - position, Math.max(0, to - position));
    const inner = text.replace(EDGE, "");
    if (!inner) return false;
    const begin = start + text.indexOf(inner);
    first ??= begin;
    last = begin + inner.length;
    return false;
  });
  return first === null ? null : { from: first, to: last };
}

/** The letters at which an anchor holds; none where it is not readable. */
export function lettersOf({ start, end }: Anchor): ID[] {
  try {
    return [start, end].flatMap((place) => decodeRelativePosition(fromBase64(place) ?? new Uint8Array()).item ?? []);
  } catch {
    return [];
  }
}

/** Where the ends of an anchor are now; null if one is not known here, or nothing is left between them. */
export function rangeOf(state: EditorState, { start, end }: Anchor): Range | null {
  const [from, to] = [start, end].map((place) => {
    const bytes = fromBase64(place);
    return bytes?.length ? decodePosition(state, bytes) : null;
  });
  if (from === null || from === undefined || to === null || to === undefined || from >= to) return null;
  return { from, to };
}
