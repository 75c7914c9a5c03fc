import { parseArgs } from "node:util";
import { MODE_NAMES, type ModeName, modeOf } from "./modes";
import { Random } from "./random";
import type { SessionSetup } from "./session";

export const USAGE = `Usage: npm run fuzz -- [--sessions 1000] [--seed 1] [--users 3 | 2..5] [--offline 0.4] [--mode ${MODE_NAMES.join("|")}]
                    [--trace] [--shrink] [--without 3,14] [--prose 2000]
  --seed      the first seed; the others follow it, and each gives its session's mode
  --users     how many people write at once (else two to five, by the seed)
  --offline   how likely each of them is offline for a part of the session (else the mode's own share)
  --trace     print what everybody does
  --shrink    leave out operations of a failing session for as long as it still fails
  --without   leave out these operations, by number
  --prose     so many comments on the demonstration's report as well`;

export interface Options {
  readonly sessions: number;
  readonly seed: number;
  readonly users: readonly [number, number] | null;
  readonly offline: number | undefined;
  readonly mode: ModeName | null;
  readonly trace: boolean;
  readonly shrink: boolean;
  readonly without: ReadonlySet<number>;
  /** Comments on real prose. */
  readonly prose: number;
}

/** What was asked for on the command line; throws with words for the person who asked. */
export function readOptions(given: readonly string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...given],
    options: { sessions: text, seed: text, users: text, offline: text, mode: text, without: text, prose: text, trace: flag, shrink: flag },
  });
  return {
    sessions: number("sessions", values.sessions ?? "1000", 1, 1e9),
    seed: number("seed", values.seed ?? "1", 0, 2 ** 31),
    users: values.users === undefined ? null : usersOf(values.users),
    offline: values.offline === undefined ? undefined : number("offline", values.offline, 0, 1),
    mode: values.mode === undefined ? null : modeNamed(values.mode),
    prose: number("prose", values.prose ?? "0", 0, 1e9),
    trace: values.trace,
    shrink: values.shrink,
    without: new Set((values.without ?? "").split(",").filter(Boolean).map(Number)),
  };
}

/** The session that a seed gives under these options. */
export function setupOf(options: Options, seed: number): SessionSetup {
  const { users, offline, without } = options;
  const people = users ? users[0] + new Random(seed, 0xc0de).below(users[1] - users[0] + 1) : undefined;
  return { seed, mode: options.mode ?? modeOf(seed), people, offline, without };
}

/** The command that repeats a session. */
export function commandFor({ seed, mode, people, offline, without }: SessionSetup): string {
  const users = people === undefined ? "" : ` --users ${people}`;
  const windows = offline === undefined ? "" : ` --offline ${offline}`;
  const left = without?.size ? ` --without ${[...without].sort((a, b) => a - b).join(",")}` : "";
  return `npm run fuzz -- --sessions 1 --seed ${seed} --mode ${mode}${users}${windows}${left} --trace`;
}

function number(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (!given || !(value >= least && value <= most)) throw new Error(`--${name} takes a number from ${least} to ${most}, not “${given}”.`);
  return value;
}

function usersOf(given: string): readonly [number, number] {
  const [least = "", most = least] = given.split("..");
  const range = [number("users", least, 2, 8), number("users", most, 2, 8)] as const;
  if (range[0] > range[1]) throw new Error(`--users takes a number or a range such as 2..5, not “${given}”.`);
  return range;
}

function modeNamed(given: string): ModeName {
  const found = MODE_NAMES.find((name) => name === given);
  if (!found) throw new Error(`--mode takes one of ${MODE_NAMES.join(", ")}, not “${given}”.`);
  return found;
}
