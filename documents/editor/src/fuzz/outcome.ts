import { type Fates, noFates } from "./comments";
import type { ModeName } from "./modes";

/** What can be wrong with a session. All but torn words are faults. */
export const PROBLEMS = ["lost", "doubled", "diverged", "invalid", "exceptions", "misplaced", "strayed", "torn"] as const;

export type Problem = (typeof PROBLEMS)[number];

export interface Outcome {
  readonly mode: ModeName;
  operations: number;
  pieces: number;
  /** Pieces with more than one right answer, because people did different things with them at once. */
  open: number;
  copies: number;
  /** How often a binding read back something else than it had written, and helped itself. */
  mismatches: number;
  /** What became of the comments, counted for each person. */
  readonly fates: Fates;
  readonly problems: Record<Problem, string[]>;
}

export function emptyOutcome(mode: ModeName): Outcome {
  const problems = Object.fromEntries(PROBLEMS.map((name) => [name, [] as string[]])) as Record<Problem, string[]>;
  return { mode, operations: 0, pieces: 0, open: 0, copies: 0, mismatches: 0, fates: noFates(), problems };
}

export function isBad({ problems }: Outcome): boolean {
  return PROBLEMS.some((name) => name !== "torn" && problems[name].length > 0);
}

/** The faults in words, the most telling first. */
export function faultsOf({ problems }: Outcome): string[] {
  return PROBLEMS.filter((name) => name !== "torn").flatMap((name) => problems[name].map((words) => `${name}: ${words}`));
}
