// What processes have used, from /proc (Linux).
import { readdirSync, readFileSync } from "node:fs";

const TICKS_A_SECOND = 100;
const PAGE_BYTES = 4096;

/** Processor seconds of these processes and all below them, user and system. */
export function processorSeconds(pids) {
  return family(pids).reduce((sum, pid) => sum + fields(pid).slice(11, 13).reduce((a, b) => a + Number(b), 0) / TICKS_A_SECOND, 0);
}

/** What these processes hold in memory, in KB. */
export function residentKilobytes(pids) {
  return pids.reduce((sum, pid) => sum + (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES) / 1024, 0);
}

function family(pids) {
  const all = new Set(pids);
  const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(fields(name)[1])]));
  for (let size = 0; size !== all.size; ) {
    size = all.size;
    for (const [pid, parent] of parents) if (all.has(parent)) all.add(pid);
  }
  return [...all];
}

/** The fields of a process from its state on: behind its name, which may hold blanks. */
function fields(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  } catch {
    return Array(20).fill("0");
  }
}
