interface Due {
  readonly time: number;
  readonly order: number;
  readonly action: () => void;
}

/** A session that runs for more events than this does not end: the clients answer each other for ever. */
const MOST_EVENTS = 60_000;

/** Virtual time in milliseconds: what is due runs in order, and nothing waits. */
export class Clock {
  now = 0;
  #order = 0;
  #ran = 0;
  readonly #heap: Due[] = [];

  at(time: number, action: () => void): void {
    const heap = this.#heap;
    heap.push({ time: Math.max(time, this.now), order: this.#order++, action });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!isBefore(heap, child, parent)) break;
      swap(heap, child, parent);
      child = parent;
    }
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action);
  }

  /** Run until nothing is due. */
  run(): void {
    for (let due = this.#take(); due; due = this.#take()) {
      if (++this.#ran > MOST_EVENTS) throw new Error(`The session did not come to rest within ${MOST_EVENTS} events.`);
      this.now = due.time;
      due.action();
    }
  }

  #take(): Due | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || first === last) return first;
    heap[0] = last;
    let parent = 0;
    for (;;) {
      const least = [2 * parent + 1, 2 * parent + 2].reduce((best, child) => (child < heap.length && isBefore(heap, child, best) ? child : best), parent);
      if (least === parent) return first;
      swap(heap, least, parent);
      parent = least;
    }
  }
}

function isBefore(heap: readonly Due[], left: number, right: number): boolean {
  const [a, b] = [heap[left], heap[right]];
  if (!a || !b) return false;
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

function swap(heap: Due[], left: number, right: number): void {
  [heap[left], heap[right]] = [heap[right] as Due, heap[left] as Due];
}
