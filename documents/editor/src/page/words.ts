import type { KeptWhy } from "./live/endings";
import type { SaveState } from "./status/save";

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

/** "10:42". */
export function clock(at: number): string {
  return TIME.format(at);
}

function changes(count: number): string {
  return count === 1 ? "1 change waits" : `${count} changes wait`;
}

/** What becomes of the text before somebody: they write it, they see others write it, or nobody does. */
export type Writing = "own" | "others" | "frozen";

/** The save line's words, with the time apart because it is set softer. */
export function saveWords(state: SaveState, writing: Writing): { readonly words: string; readonly time: string } {
  switch (state.kind) {
    case "opening":
      return { words: "Opening…", time: "" };
    case "saved":
      if (writing === "own") return { words: "Saved", time: clock(state.at) };
      return { words: writing === "frozen" ? "Frozen: nobody can change the text" : "Live: changes show as they are made", time: "" };
    case "saving":
      return { words: "Saving…", time: "" };
    case "unsaved":
      return { words: `Not saved – ${state.connected ? "trying again" : "reconnecting"}: ${changes(state.waiting)}. Keep this page open.`, time: "" };
    case "away":
      return { words: "Reconnecting…", time: "" };
    case "kept":
      return { words: "Some words are not saved: copy them from the red note in the text.", time: "" };
    case "signed-out":
      return { words: state.waiting ? `Not saved – signed out: ${changes(state.waiting)}.` : "Signed out", time: "" };
  }
}

/** The banner's first sentence (strong) and the rest, or null if no banner is due. */
export function bannerWords(state: SaveState): readonly [string, string] | null {
  if (state.kind === "unsaved") {
    const count = state.waiting === 1 ? "Your last change is" : `Your last ${state.waiting} changes are`;
    const why = state.connected
      ? `The portal has not been able to save anything since ${clock(state.since)}. Keep writing: your words stay in this page and are sent again until they are saved.`
      : `The connection dropped at ${clock(state.since)}. Keep writing: your words stay in this page and are sent as soon as you are back.`;
    return [`${count} not saved yet.`, `${why} Do not close it.`];
  }
  if (state.kind === "signed-out") {
    const rest = "Sign in again in another tab as the same person, come back here and choose “Try now”.";
    return ["You are signed out.", state.waiting ? `${rest} Your unsaved words stay in this page. Do not close it.` : rest];
  }
  return null;
}

/** What happened to a section whose words could not be saved, and what now. */
export const KEPT: Readonly<Record<KeptWhy, { readonly heading: string; readonly meaning: string }>> = {
  frozen: { heading: "The report was frozen.", meaning: "You can still read this section, but nobody can change it now." },
  "section-deleted": { heading: "This section was deleted.", meaning: "The review’s lead can restore it." },
  "no-access": { heading: "Your access changed.", meaning: "You can no longer read this section." },
  "read-only": { heading: "Your access changed.", meaning: "You can still read this section, but no longer write here." },
  "signed-out": { heading: "You are signed out.", meaning: "Sign in again to go on." },
  "too-many-people": {
    heading: "Too many people have this section open.",
    meaning: "You see it as it was when you opened the page. The page tries again by itself.",
  },
  "too-big": {
    heading: "Your last change was too big to save.",
    meaning: "The section shows its last saved text. Add the text again in smaller parts.",
  },
  malformed: {
    heading: "Your last change could not be saved.",
    meaning: "The section shows its last saved text. Add the change again.",
  },
};

/** The who line's first words, by level. */
export const CAN = {
  write: "You can write here.",
  comment: "You can read and comment here.",
  read: "You can read it.",
} as const;
