import type { Fragment } from "@tiptap/pm/model";
import type { StepMap } from "@tiptap/pm/transform";
import type { Match } from "./matching";
import { unitInside } from "./sizes";

/** A stretch of the editor's document that an edit left as it was. */
interface Kept {
  readonly old: number;
  readonly next: number;
  readonly length: number;
}

/** What the steps of an edit say about which part of the old document is which part of the new one. */
export class Alignment {
  readonly #kept: readonly Kept[];

  /** `maps` of all steps since the old document. */
  constructor(maps: readonly StepMap[], oldSize: number) {
    this.#kept = maps.reduce(keptAfter, [{ old: 0, next: 0, length: oldSize }]);
  }

  /** The units that stay, in two contents that begin at these positions of the old and the new document. */
  within(old: Fragment, oldStart: number, next: Fragment, nextStart: number): Match[] {
    const matches: Match[] = [];
    for (const kept of this.#kept) {
      const from = Math.max(kept.old, oldStart, nextStart + kept.old - kept.next);
      const to = Math.min(kept.old + kept.length, oldStart + old.size, nextStart + next.size + kept.old - kept.next);
      if (to < from) continue;
      const shift = kept.next - kept.old;
      const [oldFrom, oldTo] = [unitInside(old, from - oldStart), unitInside(old, to - oldStart)];
      const [nextFrom, nextTo] = [unitInside(next, from + shift - nextStart), unitInside(next, to + shift - nextStart)];
      if (oldTo - oldFrom === nextTo - nextFrom) matches.push({ old: oldFrom, next: nextFrom, length: oldTo - oldFrom });
    }
    return matches;
  }
}

/** What a further step leaves of the stretches kept so far. */
function keptAfter(stretches: readonly Kept[], map: StepMap): readonly Kept[] {
  const changed: { from: number; to: number; shift: number }[] = [];
  map.forEach((from, to, _newFrom, newTo) => changed.push({ from, to, shift: newTo - to }));
  return stretches.flatMap((kept) => without(kept, changed));
}

function without(kept: Kept, changed: readonly { from: number; to: number; shift: number }[]): Kept[] {
  const parts: Kept[] = [];
  const end = kept.next + kept.length;
  let start = kept.next;
  let shift = 0;
  const keep = (to: number): void => {
    if (to >= start) parts.push({ old: kept.old + start - kept.next, next: start + shift, length: to - start });
  };
  for (const change of changed) {
    if (change.from > end) break;
    if (change.to >= start) {
      keep(Math.min(change.from, end));
      start = Math.max(start, change.to);
    }
    shift = change.shift;
  }
  if (start <= end) keep(end);
  return parts;
}
