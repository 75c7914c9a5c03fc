import { clock } from "../words";
import type { Suggestion, Thread } from "./types";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "Europe/London" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "Europe/London" });
const PEEK = 160;

/** "today 10:20", "20 Nov", "20 Nov 2025". */
export function when(iso: string, now = Date.now()): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  if (DATE.format(at) === DATE.format(now)) return `today ${clock(at)}`;
  const isThisYear = DATE.format(at).slice(-4) === DATE.format(now).slice(-4);
  return (isThisYear ? DAY : DATE).format(at);
}

/** Who can see a thread, in words. */
export function audience(thread: Thread, isRestricted: boolean): string {
  if (thread.onlyFor) return `Only ${thread.onlyFor.shortName} can see this`;
  return isRestricted ? "Everyone who can read this section can see this" : "Everyone on the review can see this";
}

/** What a button that sends says. */
export function sendWords(shortName: string | null): string {
  return shortName ? `Send to ${shortName} only` : "Send to everyone";
}

/** "3 open comments on section 10". */
export function countWords(open: number, all: number, section: string): string {
  if (!open) return all ? `No open comments on ${section}` : `No comments on ${section} yet`;
  return `${open} open ${open === 1 ? "comment" : "comments"} on ${section}`;
}

/** What a suggestion proposes. */
export function proposal({ replacement }: Suggestion, quote: string): string {
  if (!replacement) return `Suggests to delete “${quote}”`;
  return `Suggests “${replacement}” in place of “${quote}”`;
}

/** What was decided about a suggestion. */
export function decision({ state, stateLabel, decidedBy, decidedAt }: Suggestion): string {
  if (state === "open") return stateLabel;
  return `${stateLabel}${decidedBy ? ` by ${decidedBy}` : ""}${decidedAt ? `, ${when(decidedAt)}` : ""}`;
}

/** The first words of a thread, for its closed card. */
export function peek({ comments, suggestion, anchor }: Thread): string {
  const said = suggestion ? proposal(suggestion, anchor?.quote ?? "") : (comments[0]?.text ?? "");
  return short(said, PEEK);
}

export function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** "general · today 10:20". */
export function about(thread: Thread): string {
  const kind = thread.suggestion ? `suggestion${thread.kind === "general" ? "" : `, ${thread.kindLabel.toLowerCase()}`}` : thread.kindLabel.toLowerCase();
  const late = thread.round?.isLate ? " · late" : "";
  return `${thread.author.organisation.shortName} · ${kind} · ${when(thread.at)}${late}`;
}
