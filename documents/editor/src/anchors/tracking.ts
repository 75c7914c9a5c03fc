import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import type { Mapping } from "@tiptap/pm/transform";
import type { ID } from "yjs";
import { type Anchor, lettersOf, type Range, rangeOf } from "./anchor";
import { findPlace, type Place, type Quote, quoteOf } from "./find";
import { normal, sectionWords, textBetween } from "./words";

/** As far as one looks first for the letters beside a change. */
const NEAR = 64;

/** One anchor that is followed while the text changes. Never changed once made. */
export interface Tracked {
  readonly id: string;
  readonly anchor: Anchor;
  readonly quote: Quote;
  /** The letters at its ends. */
  readonly letters: readonly ID[];
  /** Where it was when it was last looked for, taken along with every change since. */
  readonly place: Place | null;
  /** Whether a change since may have made that wrong. */
  readonly isDue: boolean;
}

/**
 * The places of a section's anchors. A change only takes them along, which is cheap; those that it touched, and those
 * whose words were not what they had been, are due to be looked for again, which `settled` does. What is found depends
 * on text and anchor alone, so that everybody sees the same, whenever they opened the page.
 */
export type Tracking = readonly Tracked[];

/** Follow these anchors; those that are followed already stay as they are. */
export function followed(tracking: Tracking, anchors: ReadonlyMap<string, Anchor>): Tracking {
  const known = new Map(tracking.map((tracked) => [tracked.id, tracked]));
  return [...anchors].map(([id, anchor]) => {
    const same = known.get(id);
    return same && isSameAnchor(same.anchor, anchor) ? same : { id, anchor, quote: quoteOf(anchor), letters: lettersOf(anchor), place: null, isDue: true };
  });
}

/** The places after a change of the text. */
export function changed(tracking: Tracking, { before, mapping }: Transaction): Tracking {
  if (!tracking.length) return tracking;
  const touched = widened(before, touchedBy(mapping));
  return tracking.map((tracked) => {
    const { place } = tracked;
    // Words before the change stay where they are.
    if (place?.how === "exact" && place.to < touched.from) return tracked;
    // Its words stay as they are; everything else hangs on what is elsewhere in the section.
    const isSafe = place?.how === "exact" && place.from > touched.to;
    if (!place && tracked.isDue) return tracked;
    return { ...tracked, place: place && mapped(place, mapping), isDue: tracked.isDue || !isSafe };
  });
}

/** After letters were deleted: nothing is to be seen of that where the same words were put in their place at once. */
export function afterDeletion(tracking: Tracking, isDeleted: (letter: ID) => boolean): Tracking {
  const hit = tracking.filter(({ place, isDue, letters }) => place && !isDue && letters.some(isDeleted));
  return hit.length ? tracking.map((tracked) => (hit.includes(tracked) ? { ...tracked, isDue: true } : tracked)) : tracking;
}

/** The places after all that are due have been looked for. */
export function settled(tracking: Tracking, state: EditorState): Tracking {
  if (!isDue(tracking)) return tracking;
  const section = sectionWords(state.doc);
  return tracking.map((tracked) => {
    if (!tracked.isDue) return tracked;
    const found = findPlace(section, tracked.quote, rangeOf(state, tracked.anchor));
    return { ...tracked, place: isSamePlace(found, tracked.place) ? tracked.place : found, isDue: false };
  });
}

export function isDue(tracking: Tracking): boolean {
  return tracking.some((tracked) => tracked.isDue);
}

/** Where one anchor is, looked for from nothing. */
export function locate(state: EditorState, anchor: Anchor): Place | null {
  return findPlace(sectionWords(state.doc), quoteOf(anchor), rangeOf(state, anchor));
}

export function isSamePlace(one: Place | null, two: Place | null): boolean {
  return one === two || (one !== null && two !== null && one.from === two.from && one.to === two.to && one.how === two.how);
}

/** Whether the words of a passage are, where it is now, what they were. */
export function isUnchanged({ quote, place }: Tracked, { doc }: EditorState): boolean {
  if (!place || place.how === "changed") return false;
  return place.how === "exact" || normal(textBetween(doc, place.from, place.to)) === quote.normal;
}

function isSameAnchor(one: Anchor, two: Anchor): boolean {
  return one.start === two.start && one.end === two.end && one.quote === two.quote;
}

/** The stretch of the old text that a change touched. */
function touchedBy(mapping: Mapping): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  mapping.maps.forEach((map, index) => {
    const back = mapping.slice(0, index).invert();
    map.forEach((start, end) => {
      from = Math.min(from, back.map(start, -1));
      to = Math.max(to, back.map(end, 1));
    });
  });
  return { from, to };
}

/**
 * The same with the letters beside it. Where none stands between a change and a passage both may be beside what was
 * deleted there, and on which side of that the change is decides whether it belongs to the passage.
 */
function widened(doc: Node, { from, to }: Range): Range {
  if (from > to) return { from, to };
  const end = doc.content.size;
  const left = nearest(from, (reach) => lettersIn(doc, Math.max(0, from - reach), from));
  const right = nearest(end - to, (reach) => lettersIn(doc, to, Math.min(end, to + reach)));
  return { from: left?.to ?? 0, to: right?.from ?? end };
}

/** What is found as near as it can be; `most` is as far as one can look. */
function nearest(most: number, look: (reach: number) => Range | null): Range | null {
  for (let reach = NEAR; ; reach *= 4) {
    const found = look(reach);
    if (found || reach >= most) return found;
  }
}

/** From the first to the last letter between two places; null if there is none. */
function lettersIn(doc: Node, from: number, to: number): Range | null {
  let found: Range | null = null;
  doc.nodesBetween(from, to, (node, position) => {
    if (node.isInline) found = { from: found?.from ?? Math.max(from, position), to: Math.min(to, position + node.nodeSize) };
  });
  return found;
}

function mapped(place: Place, mapping: Mapping): Place | null {
  const from = mapping.map(place.from, 1);
  const to = mapping.map(place.to, -1);
  return from < to ? { ...place, from, to } : null;
}
