export interface SaveFacts {
  readonly connected: boolean;
  readonly signedOut: boolean;
  /** Whether the server has acknowledged everything, in every section that has joined. */
  readonly settled: boolean;
  /** How many edits of this page are not acknowledged. */
  readonly waiting: number;
  /** Whether words that were refused are still shown beside the text. */
  readonly kept: boolean;
}

export type SaveState =
  | { readonly kind: "opening" }
  | { readonly kind: "saved"; readonly at: number }
  | { readonly kind: "saving" }
  /** Connected, but still not saved: the portal cannot store anything now. */
  | { readonly kind: "unsaved"; readonly waiting: number; readonly since: number; readonly connected: boolean }
  /** The connection is lost, but nothing waits. */
  | { readonly kind: "away" }
  | { readonly kind: "signed-out"; readonly waiting: number }
  /** Everything that can be saved is, but refused words wait to be copied. */
  | { readonly kind: "kept" };

/** "Saved" comes this long after the last acknowledgement, so that the line is steady while somebody types. */
export const QUIET_MS = 300;
/** An edit unanswered for so long on an open connection counts as not saved. */
export const SLOW_MS = 8000;

/** Turns facts into the state to show. "Saved" is a promise: it goes at the first edit and returns only when all is kept. */
export class SaveTracker {
  #state: SaveState = { kind: "opening" };
  #waitingSince = 0;
  #settledSince: number | null = null;
  #lostAt = 0;

  get state(): SaveState {
    return this.#state;
  }

  /** The state for these facts at this time (milliseconds). To be called again while `kind` is "saving" or "opening". */
  update(facts: SaveFacts, now: number): SaveState {
    this.#waitingSince = facts.waiting ? this.#waitingSince || now : 0;
    this.#settledSince = facts.settled && facts.connected ? (this.#settledSince ?? now) : null;
    if (facts.connected) this.#lostAt = 0;
    else this.#lostAt ||= now;
    this.#state = this.#next(facts, now);
    return this.#state;
  }

  #next(facts: SaveFacts, now: number): SaveState {
    if (facts.signedOut) return { kind: "signed-out", waiting: facts.waiting };
    if (!facts.connected) return this.#offline(facts, now);
    if (facts.waiting) return this.#waiting(facts, now);
    if (facts.kept) return { kind: "kept" };
    // A section that has just been reached is not settled yet, but nothing of this person's waits in it.
    if (this.#state.kind === "saved") return this.#state;
    if (this.#settledSince === null) return this.#state.kind === "saving" ? this.#state : { kind: "opening" };
    if (now - this.#settledSince >= QUIET_MS) return { kind: "saved", at: now };
    return this.#state.kind === "opening" ? this.#state : { kind: "saving" };
  }

  #offline(facts: SaveFacts, now: number): SaveState {
    if (facts.waiting) return { kind: "unsaved", waiting: facts.waiting, since: this.#lostAt, connected: false };
    const isStillOpening = this.#state.kind === "opening" && now - this.#lostAt < SLOW_MS;
    return isStillOpening ? this.#state : { kind: "away" };
  }

  #waiting(facts: SaveFacts, now: number): SaveState {
    const unanswered = now - this.#waitingSince >= SLOW_MS;
    if (!unanswered) return { kind: "saving" };
    return { kind: "unsaved", waiting: facts.waiting, since: this.#waitingSince, connected: true };
  }
}
