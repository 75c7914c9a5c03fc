/** The stretch of the old text that a change has touched. */
export interface Touched {
  readonly from: number;
  readonly to: number;
}

interface Change {
  readonly retain?: number | undefined;
  readonly delete?: number | undefined;
  readonly insert?: unknown;
  readonly attributes?: unknown;
}

export function touchedBy(delta: readonly Change[]): Touched | null {
  let at = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = -1;
  for (const change of delta) {
    const length = change.retain ?? change.delete ?? 0;
    if (change.retain === undefined || change.attributes) {
      from = Math.min(from, at);
      to = Math.max(to, at + length);
    }
    at += length;
  }
  return to < 0 ? null : { from, to };
}
