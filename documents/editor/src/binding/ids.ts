const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const TAIL = 5;

let random: () => number = Math.random;

/** Where the chance in new names comes from; seeded runs set their own. */
export function setRandom(source: () => number): void {
  random = source;
}

function below(count: number): number {
  return Math.floor(random() * count);
}

function digit(place: number): string {
  return DIGITS.charAt(place);
}

/** A name for a table, or for the place where it stands. */
export function newId(): string {
  return Array.from({ length: 8 }, () => digit(below(36))).join("");
}

/**
 * A name for a new row or column that sorts between two others: `before` may be "" and `after` null.
 * It is a fraction in base 36 with a random tail, so that two people who add at one place never choose the same.
 */
export function between(before: string, after: string | null): string {
  let bound = after;
  let name = "";
  for (let place = 0; ; place += 1) {
    const low = place < before.length ? DIGITS.indexOf(before.charAt(place)) : 0;
    const high = bound === null ? 36 : place < bound.length ? DIGITS.indexOf(bound.charAt(place)) : 0;
    if (high - low > 1) return name + digit(low + 1 + below(step(high - low - 1, bound))) + tail();
    // Two names of others that leave no room cannot arise from names made here; any order will do then.
    if (place > 300) return name + tail();
    name += digit(low);
    if (high !== low) bound = null;
  }
}

/** At the end of a table, names grow slowly, so that many rows can follow. */
function step(room: number, bound: string | null): number {
  return bound === null ? Math.min(3, room) : room;
}

/** The last digit is never 0, so that there is always room before. */
function tail(): string {
  return Array.from({ length: TAIL }, (_, place) => digit(place < TAIL - 1 ? below(36) : 1 + below(35))).join("");
}

/** FNV-1a, 32 bits, over code points: what words a deleted row had. The server computes the same. */
export function fingerprint(words: string): number {
  let hash = 0x811c9dc5;
  for (const character of words) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
