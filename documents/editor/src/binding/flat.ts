import { type Formats, NO_FORMATS } from "./formats";

export const END = "\n";
export const BREAK = "\u2028";
export const ATOM = "\ufffc";

const END_CODE = 10;
const ATOM_CODE = 0xfffc;

interface Run {
  readonly from: number;
  readonly formats: Formats;
}

/**
 * A stretch of the flat text as the editor shows it, unit by unit. Units that are shown but not stored ("virtual" ends
 * of blocks) and units that are stored but not shown (hidden embeds) are noted, so that both can be counted.
 */
export class Flat {
  text = "";
  readonly #runs: Run[] = [];
  /** What a footnote, picture or table is, by unit: two of them are the same only if this is the same. */
  readonly #names = new Map<number, string>();
  readonly #virtual: number[] = [];
  readonly #hidden: number[] = [];

  get length(): number {
    return this.text.length;
  }

  add(text: string, formats: Formats, name?: string): void {
    if (!text) return;
    if (name !== undefined) this.#names.set(this.text.length, name);
    if (this.#runs.at(-1)?.formats !== formats) this.#runs.push({ from: this.text.length, formats });
    this.text += text;
  }

  addVirtualEnd(): void {
    this.#virtual.push(this.text.length);
    this.add(END, NO_FORMATS);
  }

  addHidden(): void {
    this.#hidden.push(this.text.length);
  }

  nameAt(unit: number): string | undefined {
    return this.#names.get(unit);
  }

  isVirtual(unit: number): boolean {
    return this.#virtual.includes(unit);
  }

  isEnd(unit: number): boolean {
    return this.text.charCodeAt(unit) === END_CODE;
  }

  isTable(unit: number): boolean {
    return this.text.charCodeAt(unit) === ATOM_CODE && (this.nameAt(unit)?.startsWith("table:") ?? false);
  }

  isPicture(unit: number): boolean {
    return this.isEnd(unit) && this.nameAt(unit) !== undefined;
  }

  formatsAt(unit: number): Formats {
    return this.#runs[this.#runAt(unit)]?.formats ?? NO_FORMATS;
  }

  /** How far the formats of this unit reach. */
  runEnd(unit: number): number {
    return this.#runs[this.#runAt(unit) + 1]?.from ?? this.length;
  }

  /** Where what comes before this unit ends in what is stored, counted from the start of the stretch. */
  storedBefore(unit: number): number {
    return unit - count(this.#virtual, unit) + count(this.#hidden, unit);
  }

  /** Where this unit is in what is stored. */
  storedAt(unit: number): number {
    return unit - count(this.#virtual, unit) + count(this.#hidden, unit + 1);
  }

  /** The first unit that is stored at or after this place; an end that is not stored counts as stored where it would be. */
  unitAtStored(stored: number): number {
    if (!this.#virtual.length && !this.#hidden.length) return Math.min(stored, this.length);
    let unit = 0;
    while (unit < this.length && this.storedAt(unit) < stored) unit += 1;
    return unit;
  }

  /** Whether a unit is the same thing as another's, whatever its formats. */
  isSameUnit(unit: number, other: Flat, otherUnit: number): boolean {
    const code = this.text.charCodeAt(unit);
    if (code !== other.text.charCodeAt(otherUnit)) return false;
    return (code !== END_CODE && code !== ATOM_CODE) || this.nameAt(unit) === other.nameAt(otherUnit);
  }

  #runAt(unit: number): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.from ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** How many of these ascending numbers are below the limit. */
function count(units: readonly number[], limit: number): number {
  let number = 0;
  while (number < units.length && (units[number] ?? 0) < limit) number += 1;
  return number;
}
