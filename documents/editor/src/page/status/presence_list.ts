import { el } from "../dom";
import type { Announcer } from "./announcer";
import { changeWords, countWords, doingWords, keyOf, type PresentSomewhere } from "./presence";

const MOST_RINGS = 5;
const SOON_MS = 250;
/** Moving to another section is leaving one and entering the other: whoever is back by then never left. */
const GRACE_MS = 2000;

/** The list of who else is here. Comings and goings are read out, at most every ten seconds. */
export class PresenceList {
  #shown: readonly PresentSomewhere[] = [];
  #spoken: ReadonlyMap<string, PresentSomewhere> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFirst = true;
  #isConnected = false;
  readonly #goneSince = new Map<string, number>();

  constructor(
    private readonly root: HTMLElement,
    private readonly copies: readonly HTMLElement[],
    private readonly announcer: Announcer,
    private readonly find: () => readonly PresentSomewhere[],
  ) {
    root.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      root.removeAttribute("open");
      root.querySelector("summary")?.focus();
    });
  }

  /** To be called whenever somebody came, went or moved. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw(this.#withLeaving(this.find()));
    }, SOON_MS);
  }

  /** The people here, and for a moment those who have just gone. */
  #withLeaving(people: readonly PresentSomewhere[]): readonly PresentSomewhere[] {
    const here = new Set(people.map(keyOf));
    for (const key of here) this.#goneSince.delete(key);
    const leaving = this.#shown.filter((person) => {
      const key = keyOf(person);
      if (here.has(key)) return false;
      const since = this.#goneSince.get(key) ?? Date.now();
      this.#goneSince.set(key, since);
      return Date.now() - since < GRACE_MS;
    });
    if (leaving.length) setTimeout(() => this.refresh(), GRACE_MS);
    return [...people, ...leaving];
  }

  /** Without a connection, any list would be a guess. */
  setConnected(connected: boolean): void {
    this.#isConnected = connected;
    this.root.hidden = !connected;
    for (const copy of this.copies) copy.hidden = !connected;
    if (connected) this.refresh();
  }

  #draw(people: readonly PresentSomewhere[]): void {
    if (!this.#isConnected) return;
    const isSame = JSON.stringify(people) === JSON.stringify(this.#shown);
    this.#shown = people;
    if (isSame && !this.#isFirst) return;
    const words = countWords(people.length);
    for (const copy of this.copies) copy.textContent = words;
    this.#fill(people, words);
    this.#announce();
  }

  #fill(people: readonly PresentSomewhere[], words: string): void {
    const rings = people.slice(0, MOST_RINGS).map(ring);
    const summary = el("summary", {}, el("span", { class: "ed-stack" }, ...rings), el("span", {}, words));
    const alone = "You are the only one who has this report open.";
    const list = people.length ? el("ul", { class: "jrp-plain" }, ...people.map(row)) : el("p", {}, alone);
    const old = this.root.querySelector("summary");
    // The summary may have the focus: only its content changes.
    if (old) old.replaceChildren(...summary.childNodes);
    else this.root.append(summary);
    this.root.querySelector(".ed-pop")?.remove();
    this.root.append(el("div", { class: "ed-pop" }, list));
  }

  #announce(): void {
    // Who was here before needs no announcement: the list says it.
    if (this.#isFirst) this.#spoken = this.#present();
    this.#isFirst = false;
    this.announcer.sayLater(() => {
      const present = this.#present();
      const words = changeWords(this.#spoken, present);
      this.#spoken = present;
      return words;
    });
  }

  #present(): Map<string, PresentSomewhere> {
    return new Map(this.#shown.map((person) => [keyOf(person), person]));
  }
}

function ring(person: PresentSomewhere): HTMLElement {
  return el("span", { class: `jrp-person ${person.colour}`, "aria-hidden": "true" }, person.initials);
}

function row(person: PresentSomewhere): HTMLElement {
  const doing = el("span", { class: "jrp-soft" }, doingWords(person));
  const words = el("p", {}, el("strong", {}, person.name), `, ${person.shortName}`, el("br"), doing);
  return el("li", {}, ring(person), words);
}
