import { isOpen, type Thread } from "./types";

/** Which threads are shown. */
export interface Filter {
  readonly whose: "all" | "mine" | "ours";
  readonly isOpen: boolean;
  readonly kind: string;
  readonly section: string;
  /** The organisation of the person who looks. */
  readonly organisation: string;
}

/** Whether a thread is to be shown. A suggestion is a kind of its own here. */
export function passes(thread: Thread, { whose, isOpen: onlyOpen, kind, section, organisation }: Filter): boolean {
  if (onlyOpen && !isOpen(thread)) return false;
  if (section && thread.section !== section) return false;
  if (whose === "mine" && !thread.isMine) return false;
  if (whose === "ours" && thread.author.organisation.shortName !== organisation) return false;
  if (kind === "suggestion") return thread.suggestion !== null;
  return !kind || thread.kind === kind;
}

export function isNarrowed({ whose, isOpen: onlyOpen, kind, section }: Filter): boolean {
  return whose !== "all" || onlyOpen || kind !== "" || section !== "";
}
