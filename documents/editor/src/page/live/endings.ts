import type { TokenProblem } from "./token";

/** What a section does after the server closed it or refused to let it in. */
export type Ending =
  | { readonly then: "ignore" }
  /** Join again; `renew` asks for a new token first, `slowly` waits longer each time, `why` is said meanwhile. */
  | { readonly then: "rejoin"; readonly renew: boolean; readonly slowly: boolean; readonly why?: "too-many-people" }
  /** Start from the server's text; what was not saved is kept beside it. */
  | { readonly then: "start-over"; readonly why: KeptWhy }
  | { readonly then: "stop"; readonly why: KeptWhy };

/** Why words could not be saved, or a section not opened; each has a sentence in words.ts. */
export type KeptWhy =
  | "frozen"
  | "section-deleted"
  | "no-access"
  | "signed-out"
  | "too-big"
  | "malformed"
  | "read-only"
  | "too-many-people";

const CLOSED: Readonly<Record<string, Ending>> = {
  provider_initiated: { then: "ignore" },
  "permission-denied": { then: "rejoin", renew: true, slowly: false },
  "signed-out": { then: "rejoin", renew: true, slowly: false },
  "not-saved": { then: "rejoin", renew: false, slowly: true },
  "too-many-people": { then: "rejoin", renew: false, slowly: true, why: "too-many-people" },
  frozen: { then: "start-over", why: "frozen" },
  "section-deleted": { then: "stop", why: "section-deleted" },
  "too-big": { then: "start-over", why: "too-big" },
  malformed: { then: "start-over", why: "malformed" },
};

/** What follows the server's closing of a section, by its reason. */
export function afterClose(reason: string): Ending {
  return CLOSED[reason] ?? { then: "rejoin", renew: false, slowly: true };
}

const REFUSED: Readonly<Record<string, Ending>> = {
  "permission-denied": { then: "stop", why: "no-access" },
  "signed-out": { then: "stop", why: "signed-out" },
  "section-deleted": { then: "stop", why: "section-deleted" },
};

/**
 * What follows a refused sign-on of a section. `problem` is set if no token could be had at all. The first refusal may
 * be due to an old token, so it is tried once more with a new one.
 */
export function afterRefusal(reason: string, problem: TokenProblem | null, isFirst: boolean): Ending {
  if (problem === "unreachable") return { then: "rejoin", renew: true, slowly: true };
  if (problem) return REFUSED[problem] ?? { then: "stop", why: "no-access" };
  if (isFirst && reason !== "section-deleted") return { then: "rejoin", renew: true, slowly: false };
  return REFUSED[reason] ?? { then: "stop", why: "no-access" };
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before the n-th try in a row (0 is the first). */
export function waitBefore(attempt: number, slowly: boolean): number {
  return slowly ? Math.min(LONGEST_WAIT_MS, 1000 * 2 ** attempt) : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}
