import { type Fates, noFates } from "./comments";
import type { ModeName } from "./modes";
import { isBad, type Outcome, PROBLEMS, type Problem } from "./outcome";

type Column = "sessions" | "failed" | "operations" | "pieces" | Problem | "open" | "copies" | "mismatches";

const COLUMNS: readonly Column[] = ["sessions", "failed", "operations", "pieces", ...PROBLEMS, "open", "copies", "mismatches"];

/** Adds up sessions, a line for each mode. */
export class Report {
  readonly #rows = new Map<ModeName, Record<Column, number>>();

  readonly #fates = noFates();

  get failed(): number {
    return [...this.#rows.values()].reduce((sum, { failed }) => sum + failed, 0);
  }

  add(outcome: Outcome): void {
    const row = this.#rows.get(outcome.mode) ?? emptyRow();
    this.#rows.set(outcome.mode, row);
    row.sessions++;
    row.failed += isBad(outcome) ? 1 : 0;
    for (const column of ["operations", "pieces", "open", "copies", "mismatches"] as const) row[column] += outcome[column];
    for (const problem of PROBLEMS) row[problem] += outcome.problems[problem].length;
    for (const fate of Object.keys(this.#fates) as (keyof Fates)[]) this.#fates[fate] += outcome.fates[fate];
  }

  /** The figures as a table that fits a terminal and Markdown. */
  toString(): string {
    const rows = [...this.#rows].sort(([left], [right]) => left.localeCompare(right));
    const total = emptyRow();
    for (const [, row] of rows) for (const column of COLUMNS) total[column] += row[column];
    const lines = [...rows, ...(rows.length > 1 ? [["all", total] as const] : [])];
    const cells = lines.map(([name, row]) => [name, ...COLUMNS.map((column) => row[column].toLocaleString("en-GB"))]);
    return `${table([["mode", ...COLUMNS], ...cells])}\n${told(this.#fates)}`;
  }
}

/** Each comment counts once for each person who looks for it. */
function told({ comments, exact, changed, moved, restored, orphans, remains }: Fates): string {
  const [all, ...fates] = [comments, exact, changed, moved + restored, orphans, remains].map((count) => count.toLocaleString("en-GB"));
  const [unchanged, edited, elsewhere, gone, little] = fates;
  return `${all} looks for a comment: ${unchanged} unchanged, ${edited} edited, ${elsewhere} moved, ${gone} gone (${little} but for a word or two)`;
}

function emptyRow(): Record<Column, number> {
  return Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number>;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join("\n");
}
