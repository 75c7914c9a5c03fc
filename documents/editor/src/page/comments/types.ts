import type { Anchor } from "../../anchors/index";

export interface Author {
  readonly name: string;
  readonly initials: string;
  readonly organisation: { readonly id: string; readonly shortName: string; readonly colour: string; readonly initials: string };
}

export interface Act {
  readonly by: string;
  readonly at: string;
}

export interface Comment {
  readonly id: string;
  readonly author: Author;
  readonly at: string;
  readonly text: string;
  readonly mentions: readonly string[];
}

export interface Suggestion {
  readonly replacement: string;
  readonly state: "open" | "accepted" | "declined" | "withdrawn";
  readonly stateLabel: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export type Doing = "reply" | "resolve" | "reopen" | "share" | "accept" | "decline" | "withdraw" | "reopenSuggestion";

/** A thread as the server tells this person of it. */
export interface Thread {
  readonly id: string;
  readonly section: string;
  readonly kind: string;
  readonly kindLabel: string;
  readonly onlyFor: { readonly id: string; readonly shortName: string } | null;
  readonly author: Author;
  readonly at: string;
  readonly isMine: boolean;
  readonly anchor: Anchor | null;
  readonly resolved: Act | null;
  readonly shared: Act | null;
  readonly round: { readonly name: string; readonly isLate: boolean } | null;
  readonly disposition: (Act & { readonly label: string; readonly reason: string }) | null;
  readonly suggestion: Suggestion | null;
  readonly comments: readonly Comment[];
  readonly may: Readonly<Record<Doing, boolean>>;
  readonly url: string;
}

export interface Mentionable {
  readonly people: readonly { readonly id: string; readonly name: string; readonly organisation: string; readonly organisationId?: string }[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

export interface Board {
  readonly threads: readonly Thread[];
  readonly mentionable: Mentionable;
  /** Which organisations can read each section. */
  readonly readers?: Readonly<Record<string, readonly string[]>>;
  readonly etag: string;
}

export type Mention = { readonly user: string } | { readonly organisation: string };

/** What opens a thread. */
export interface Draft {
  readonly kind: string;
  readonly only_for_us: boolean;
  readonly anchor: Anchor | null;
  readonly text: string;
  readonly replacement: string | null;
  readonly mentions: readonly Mention[];
}

export const KINDS: readonly (readonly [string, string])[] = [
  ["general", "General"],
  ["factual_accuracy", "Factual accuracy"],
  ["substantive", "Substantive"],
  ["identification_risk", "Identification risk"],
];

/** A thread waits for somebody: not resolved, and a suggestion not decided. */
export function isOpen({ resolved, suggestion }: Thread): boolean {
  return !resolved && (!suggestion || suggestion.state === "open");
}
