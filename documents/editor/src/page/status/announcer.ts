import { el } from "../dom";

const LEAST_MS = 10_000;

/** A polite voice for screen readers that speaks at most once every ten seconds and then says only what still holds. */
export class Announcer {
  readonly #region = el("p", { class: "govuk-visually-hidden", "aria-live": "polite", "data-announcer": true });
  #spokeAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: HTMLElement) {
    parent.append(this.#region);
  }

  /** Say it now: for what a person must know at once. */
  say(words: string): void {
    this.#region.textContent = words;
  }

  /** Say what `words` returns when ten seconds have passed since the last time; empty words stay unsaid. */
  sayLater(words: () => string): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#spokeAt + LEAST_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const now = words();
      if (!now) return;
      this.#spokeAt = Date.now();
      this.say(now);
    }, wait);
  }
}
