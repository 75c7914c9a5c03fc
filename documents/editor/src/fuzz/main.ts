import { type Options, commandFor, readOptions, setupOf, USAGE } from "./options";
import { faultsOf, isBad } from "./outcome";
import { runProse } from "./prose";
import { Report } from "./report";
import { runSession, shrink } from "./run";
import type { SessionSetup } from "./session";

const SAY_EVERY_MS = 15_000;
const MOST_FAILURES_TOLD = 20;

function main(): number {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const report = new Report();
  const start = performance.now();
  let told = start;
  for (let seed = options.seed; seed < options.seed + options.sessions; seed++) {
    runOne(options, setupOf(options, seed), report);
    if (performance.now() - told < SAY_EVERY_MS) continue;
    told = performance.now();
    console.error(`… ${seed - options.seed + 1} sessions, ${report.failed} failed`);
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`\n${report.toString()}\n`);
  console.log(`${options.sessions} sessions in ${seconds.toFixed(1)} s, ${(options.sessions / seconds).toFixed(1)} a second, from seed ${options.seed}`);
  const isProseRight = options.prose === 0 || tellProse(options);
  return report.failed || !isProseRight ? 1 : 0;
}

/** Comments on the demonstration's report; tells whether all are where they belong. */
function tellProse({ prose, seed }: Options): boolean {
  const { comments, found, orphans, unsure, wrong, lost } = runProse(prose, seed);
  console.log(`\n${comments} comments on real prose: ${found} found, ${orphans} orphans, of which ${unsure} moved with too few words to tell`);
  console.log(`${wrong.length} in a wrong place, ${lost.length} lost`);
  for (const fault of [...wrong, ...lost].slice(0, MOST_FAILURES_TOLD)) console.log(`  ${fault}`);
  return !wrong.length && !lost.length;
}

function runOne(options: Options, setup: SessionSetup, report: Report): void {
  const outcome = runSession({ ...setup, trace: options.trace ? console.log : undefined });
  report.add(outcome);
  if (!isBad(outcome) || report.failed > MOST_FAILURES_TOLD) return;
  console.log(`\nSeed ${setup.seed} failed.`);
  for (const fault of faultsOf(outcome).slice(0, 12)) console.log(`  ${fault}`);
  console.log(`  Again: ${commandFor(setup)}`);
  if (options.shrink) console.log(`  Less:  ${commandFor(shrink(setup, outcome))}`);
}

process.exitCode = main();
