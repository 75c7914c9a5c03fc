/** What Yjs keeps beside a unit of text. Never changed once made. */
export type Formats = Readonly<Record<string, unknown>>;

export const NO_FORMATS: Formats = {};

/** The formats of a block's end: its type, its ancestors, and how many of them it shares with the block before. */
export const END_KEYS: ReadonlySet<string> = new Set(["t", "p", "s"]);

/** Whether a format belongs to a single unit, the end of a block or a footnote; all others are marks of words. */
export function isOwnKey(key: string): boolean {
  return END_KEYS.has(key) || key.startsWith("@");
}

/** A stored value as attributes, if it is any; what others stored can be anything. */
export function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

export function isSame(one: unknown, two: unknown): boolean {
  if (one === two) return true;
  if (typeof one !== "object" || typeof two !== "object" || one === null || two === null) return false;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(two).length && keys.every((key) => key in two && isSame(fieldOf(one, key), fieldOf(two, key)));
}

/** What must be set so that a unit has the wanted formats, or null; the end of a block and words have different ones. */
export function formatChange(old: Formats, wanted: Formats, isEnd: boolean): Formats | null {
  if (old === wanted) return null;
  const change: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wanted)) {
    if (END_KEYS.has(key) === isEnd && !isSame(old[key], value)) change[key] = value;
  }
  for (const [key, value] of Object.entries(old)) {
    if (END_KEYS.has(key) === isEnd && !(key in wanted) && value !== null) change[key] = null;
  }
  return Object.keys(change).length ? change : null;
}
