import { el } from "../dom";
import { once, small } from "./form";
import type { Doing, Thread } from "./types";

export interface ActionsHost {
  /** Show the words that a thread is about. */
  goTo(thread: Thread): void;
  /** Do something with it, asking first where that is due. */
  act(thread: Thread, doing: Exclude<Doing, "reply">): Promise<void>;
  /** The open suggestions of the same person that can be decided here, this one included. */
  alike(thread: Thread): readonly Thread[];
  decideAll(threads: readonly Thread[], doing: "accept" | "decline"): Promise<void>;
}

const WORDS: readonly (readonly [Exclude<Doing, "reply">, string])[] = [
  ["accept", "Accept"],
  ["decline", "Decline"],
  ["withdraw", "Withdraw"],
  ["reopenSuggestion", "Open the suggestion again"],
  ["resolve", "Resolve"],
  ["reopen", "Open again"],
  ["share", "Share with everyone…"],
];

/** The buttons of a thread: what this person may do with it now. */
export function actions(thread: Thread, host: ActionsHost): HTMLElement[] {
  const about = `the ${thread.suggestion ? "suggestion" : "comment"} of ${thread.author.name}`;
  const allowed = WORDS.filter(([doing]) => thread.may[doing]).map(([doing, words]) => {
    const pressed = small(words, () => void once(pressed, () => host.act(thread, doing)), { isMain: doing === "accept", about });
    return pressed;
  });
  const goTo = thread.anchor ? [small("Go to the text", () => host.goTo(thread), { about: `of ${about}` })] : [];
  const link = el("a", { class: "ed-mini", href: thread.url }, "Open by itself", el("span", { class: "govuk-visually-hidden" }, `: ${about}`));
  return [...allowed, ...goTo, ...ofAll(thread, host), link];
}

function ofAll(thread: Thread, host: ActionsHost): HTMLElement[] {
  const alike = thread.may.accept ? host.alike(thread) : [];
  if (alike.length < 2) return [];
  return (["accept", "decline"] as const).map((doing) => {
    const words = `${doing === "accept" ? "Accept" : "Decline"} all ${alike.length} of ${thread.author.name}…`;
    const pressed = small(words, () => void once(pressed, () => host.decideAll(alike, doing)));
    return pressed;
  });
}
