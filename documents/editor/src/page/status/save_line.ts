import { el, icon, type IconName } from "../dom";
import { bannerWords, saveWords } from "../words";
import type { Announcer } from "./announcer";
import type { SaveState } from "./save";

const LOOKS: Readonly<Record<SaveState["kind"], readonly [string, IconName]>> = {
  opening: ["busy", "busy"],
  saved: ["ok", "tick"],
  saving: ["busy", "busy"],
  unsaved: ["off", "warning"],
  away: ["busy", "busy"],
  "signed-out": ["off", "lock"],
  kept: ["off", "warning"],
};

/** Shows the save state: in the bar, in the dock of narrow screens, and as a banner when words are in danger. */
export class SaveView {
  #shown = "";
  #banner: HTMLElement | null = null;
  #wasInDanger = false;

  constructor(
    private readonly lines: readonly HTMLElement[],
    private readonly bannerPlace: HTMLElement,
    private readonly announcer: Announcer,
    private readonly tryNow: () => void,
  ) {
    // The line changes with every few words, so it is not read out; what matters is said by the banner and the announcer.
    for (const line of lines) line.setAttribute("aria-live", "off");
  }

  show(state: SaveState, mayWrite: boolean): void {
    const isFrozen = document.querySelector("[data-frozen]") !== null;
    const { words, time } = saveWords(state, mayWrite ? "own" : isFrozen ? "frozen" : "others");
    if (words + time === this.#shown) return;
    this.#shown = words + time;
    const [look, drawing] = LOOKS[state.kind];
    for (const line of this.lines) {
      line.className = `ed-save ed-save--${look}`;
      line.dataset["state"] = state.kind;
      line.replaceChildren(icon(drawing), el("span", {}, words, ...(time ? [" ", el("span", { class: "jrp-soft" }, time)] : [])));
    }
    this.#showBanner(bannerWords(state));
    if (state.kind === "saved" && this.#wasInDanger) this.announcer.say("Connected again. Everything is saved.");
    this.#wasInDanger = this.#banner !== null || (this.#wasInDanger && state.kind !== "saved");
  }

  #showBanner(words: readonly [string, string] | null): void {
    if (!words) {
      this.#banner?.remove();
      this.#banner = null;
      return;
    }
    const [strong, rest] = words;
    const paragraph = el("p", {}, el("strong", {}, strong), " ", rest);
    if (this.#banner) {
      this.#banner.querySelector("p")?.replaceWith(paragraph);
      return;
    }
    const again = el("button", { type: "button", class: "ed-mini" }, "Try now");
    again.addEventListener("click", this.tryNow);
    this.#banner = el("div", { class: "ed-wrap" }, el("div", { class: "ed-banner ed-banner--off" }, icon("warning"), paragraph, again));
    this.bannerPlace.append(this.#banner);
  }
}
