/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  constructor(...seeds: number[]) {
    this.#state = mix(...seeds);
  }

  /** The next number, from 0 up to but not 1. */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** One of the names, by weight. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    const found = entries.find(([, weight]) => (left -= weight) < 0) ?? entries[0];
    if (!found) throw new Error("There is nothing to choose from.");
    return found[0];
  }
}

/** One seed from several numbers, so that a message's delay does not depend on what else was drawn before. */
export function mix(...seeds: number[]): number {
  let hash = 0x811c9dc5;
  for (const seed of seeds) {
    hash = Math.imul(hash ^ (seed & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (seed >>> 16), 0x01000193);
  }
  return hash ^ (hash >>> 13);
}

/** Run something with `Math.random` drawn from a seed, so that the ids that it makes are repeated too. */
export function withSeededMath<T>(seed: number, run: () => T): T {
  const real = Math.random;
  Math.random = new Random(seed, 0x5eed).next;
  try {
    return run();
  } finally {
    Math.random = real;
  }
}
