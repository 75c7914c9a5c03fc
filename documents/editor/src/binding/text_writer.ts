import * as Y from "yjs";
import { type Formats, isOwnKey, isSame } from "./formats";

/** What is inserted: words with their formats, or an embed. */
export interface Insertion {
  readonly insert: string | { readonly embed: object };
  readonly formats: Formats;
}

type Attributes = Map<string, unknown>;

/** Between two items of a Yjs text, and the formats that hold there. */
interface Place {
  left: Y.Item | null;
  right: Y.Item | null;
  readonly attributes: Attributes;
}

/**
 * Writes to a Yjs text so that formats stay where they were put, whatever others do at the same time.
 *
 * Yjs keeps formats as markers that open and close a stretch. Its own `insert`, `format` and `delete` remove markers that
 * are superfluous at the time; if another person has meanwhile relied on one of them, a heading, a picture or bold spreads
 * over the text that follows. Here every stretch has markers of its own, close around it, and none is ever removed.
 */
export class TextWriter {
  constructor(
    private readonly text: Y.Text,
    private readonly transaction: Y.Transaction,
  ) {}

  insert(index: number, insertions: readonly Insertion[]): void {
    const place = this.#placeAt(index);
    for (const insertion of insertions) this.#insertAt(place, insertion);
  }

  delete(index: number, length: number): void {
    let rest = length;
    for (let item = this.#placeAt(index).right; item !== null && rest > 0; item = item.right) {
      if (!isUnit(item)) continue;
      if (item.length > rest) this.#split(item, rest);
      rest -= item.length;
      item.delete(this.transaction);
    }
    this.#dropSearchMarkers();
  }

  /** Set marks of a stretch of words. */
  format(index: number, length: number, change: Formats): void {
    const keys = Object.keys(change);
    const place = this.#placeBefore(index);
    const ends = new Map(place.attributes);
    const opened = new Set<string>();
    let rest = length;
    for (let item = place.right; item !== null && rest > 0; item = place.right) {
      if (isUnit(item)) {
        if (item.length > rest) this.#split(item, rest);
        for (const key of this.#mark(place, keys, change)) opened.add(key);
        rest -= item.length;
      } else {
        note(item, ends);
      }
      forward(place);
    }
    this.#close(place, opened, ends);
  }

  /** Set the formats of a single unit that are its own: of a block's end, or a footnote. Nothing around it has them. */
  formatUnit(index: number, change: Formats): void {
    const place = this.#placeBefore(index);
    if (place.right && place.right.length > 1) this.#split(place.right, 1);
    const before = new Map(place.attributes);
    const opened = this.#mark(place, Object.keys(change), change);
    forward(place);
    // Text that was not written here may have one stretch for two units.
    const ends = opened.map((key) => [key, isMarkedNext(place.right, key) ? null : before.get(key)] as const);
    this.#close(place, opened, new Map(ends));
  }

  #insertAt(place: Place, { insert, formats }: Insertion): void {
    skipFitting(place, formats);
    const base = new Map(place.attributes);
    const opened = this.#mark(place, [...new Set([...base.keys(), ...Object.keys(formats)])], formats);
    this.#put(place, typeof insert === "string" ? new Y.ContentString(insert) : new Y.ContentEmbed(insert.embed));
    this.#close(place, opened, base);
    this.#dropSearchMarkers();
  }

  /** Put markers for these keys, where they do not hold already. Returns those that it put. */
  #mark(place: Place, keys: readonly string[], formats: Formats): string[] {
    const opened = keys.filter((key) => !isSame(place.attributes.get(key) ?? null, formats[key] ?? null));
    for (const key of opened) this.#putMarker(place, key, formats[key] ?? null);
    return opened;
  }

  /** Let again hold what holds outside. If that is a format, its end is marked once more, in case its author undoes it. */
  #close(place: Place, keys: Iterable<string>, outside: ReadonlyMap<string, unknown>): void {
    for (const key of keys) {
      const value = outside.get(key) ?? null;
      if (!isSame(place.attributes.get(key) ?? null, value)) this.#putMarker(place, key, value);
      if (value !== null) this.#doubleEnd(place.right, key);
    }
  }

  #doubleEnd(from: Y.Item | null, key: string): void {
    for (let item = from; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentFormat) || item.content.key !== key) continue;
      this.#putMarker({ left: item.left, right: item, attributes: new Map() }, key, item.content.value as unknown);
      return;
    }
  }

  #putMarker(place: Place, key: string, value: unknown): void {
    // What is stored may be anything that JSON can say; Yjs's own type says an object.
    this.#put(place, new Y.ContentFormat(key, value as object));
    setAttribute(place.attributes, key, value);
  }

  #put(place: Place, content: Y.Item["content"]): void {
    const { client, clock } = this.#nextId();
    const { left, right } = place;
    const item = new Y.Item(Y.createID(client, clock), left, left?.lastId ?? null, right, right?.id ?? null, this.text, null, content);
    item.integrate(this.transaction, 0);
    place.left = item;
  }

  #nextId(): { client: number; clock: number } {
    const { clientID, store } = this.transaction.doc;
    return { client: clientID, clock: Y.getState(store, clientID) };
  }

  /** Right behind the unit before this one, with the formats of that unit. */
  #placeAt(index: number): Place {
    const place: Place = { left: null, right: this.text._start, attributes: new Map() };
    let rest = index;
    while (rest > 0 && place.right) {
      const item = place.right;
      if (isUnit(item)) {
        if (item.length > rest) this.#split(item, rest);
        rest -= item.length;
      }
      forward(place);
    }
    return place;
  }

  /** Right before a unit, with the formats of that unit. */
  #placeBefore(index: number): Place {
    const place = this.#placeAt(index);
    while (place.right && !isUnit(place.right)) forward(place);
    return place;
  }

  #split({ id }: Y.Item, length: number): void {
    Y.getItemCleanStart(this.transaction, Y.createID(id.client, id.clock + length));
  }

  /** Yjs remembers places of long texts; what was written here would put them out of place. */
  #dropSearchMarkers(): void {
    if (this.text._searchMarker) this.text._searchMarker.length = 0;
  }
}

/** Whether it counts in the text. */
function isUnit(item: Y.Item): boolean {
  return item.countable && !item.deleted;
}

function forward(place: Place): void {
  const item = place.right;
  if (!item) return;
  note(item, place.attributes);
  place.left = item;
  place.right = item.right;
}

function note(item: Y.Item, attributes: Attributes): void {
  if (!item.deleted && item.content instanceof Y.ContentFormat) setAttribute(attributes, item.content.key, item.content.value);
}

function setAttribute(attributes: Attributes, key: string, value: unknown): void {
  if (value === null || value === undefined) attributes.delete(key);
  else attributes.set(key, value);
}

/** Whether there is a marker of this key before the next unit, or no unit. */
function isMarkedNext(from: Y.Item | null, key: string): boolean {
  for (let item = from; item !== null; item = item.right) {
    if (isUnit(item)) return false;
    if (!item.deleted && item.content instanceof Y.ContentFormat && item.content.key === key) return true;
  }
  return true;
}

/**
 * Go behind what is deleted, and behind the ends of stretches: of all that belong to one unit, and of marks that are not
 * wanted. What is written next never lies inside another unit's stretch, whose author may undo it.
 */
function skipFitting(place: Place, formats: Formats): void {
  for (let item = place.right; item !== null; item = place.right) {
    if (!item.deleted && !(item.content instanceof Y.ContentFormat && isFitting(item.content, formats))) return;
    forward(place);
  }
}

function isFitting({ key, value }: Y.ContentFormat, formats: Formats): boolean {
  const wanted: unknown = isOwnKey(key) ? null : (formats[key] ?? null);
  return isSame((value as unknown) ?? null, wanted);
}

const kept = new WeakSet<Y.Doc>();

/**
 * Keep Yjs from removing markers when others' changes come in. It would also write to a text that is only read.
 * To be called for a document before anything is received.
 */
export function keepMarkers(ydoc: Y.Doc): void {
  if (kept.has(ydoc)) return;
  kept.add(ydoc);
  ydoc.on("afterTransaction", (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
}
