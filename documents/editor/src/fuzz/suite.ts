/** The suite's part: 200 seeds that are always the same, and 50 that nobody has tried. */
import { commandFor } from "./options";
import { modeOf } from "./modes";
import { faultsOf, isBad } from "./outcome";
import { Report } from "./report";
import { runSession } from "./run";

const FIXED = { first: 1, count: 200 };
const FRESH = { first: 100_000 + Math.floor(Math.random() * 2e9), count: 50 };
const MOST_FAILURES_TOLD = 10;

/** Run the seeds; tell whether all went well. */
function run(title: string, { first, count }: { readonly first: number; readonly count: number }): boolean {
  const report = new Report();
  const start = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    const setup = { seed, mode: modeOf(seed) };
    const outcome = runSession(setup);
    report.add(outcome);
    if (!isBad(outcome) || report.failed > MOST_FAILURES_TOLD) continue;
    console.log(`Seed ${seed} failed.\n  ${faultsOf(outcome).slice(0, 5).join("\n  ")}\n  Again: ${commandFor(setup)}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${title}: ${count} sessions from seed ${first} in ${seconds} s\n${report.toString()}\n`);
  return report.failed === 0;
}

const passed = [run("Fixed seeds", FIXED), run("Fresh seeds", FRESH)];
process.exitCode = passed.every(Boolean) ? 0 : 1;
