import { el } from "../dom";
import type { Announcer } from "./announcer";
import { changeWords, countWords, doingWords, keyOf, type PresentSomewhere } from "./presence";

const MOST_RINGS = 5;
/** Moving to another section is leaving one and entering the other: whoever is back by then never left. */
const GRACE_MS = 1500;

/** The list of who else is here. Comings and goings are read out, at most every ten seconds. */
export class PresenceList {
  #shown: readonly PresentSomewhere[] = [];
  #spoken: ReadonlyMap<string, PresentSomewhere> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFirst = true;

  constructor(
    private readonly root: HTMLElement,
    private readonly copies: readonly HTMLElement[],
    private readonly announcer: Announcer,
    private readonly find: () => readonly PresentSomewhere[],
  ) {}

  /** To be called whenever somebody came, went or moved. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw(this.find());
    }, this.#shown.length ? GRACE_MS : 100);
  }

  /** Without a connection, any list would be a guess. */
  setConnected(connected: boolean): void {
    this.root.hidden = !connected;
    for (const copy of this.copies) copy.hidden = !connected;
    if (connected) this.refresh();
  }

  #draw(people: readonly PresentSomewhere[]): void {
    const isSame = JSON.stringify(people) === JSON.stringify(this.#shown);
    this.#shown = people;
    if (isSame && !this.#isFirst) return;
    const words = countWords(people.length);
    for (const copy of this.copies) copy.textContent = words;
    this.root.hidden = false;
    this.#fill(people, words);
    this.#announce();
  }

  #fill(people: readonly PresentSomewhere[], words: string): void {
    const rings = people.slice(0, MOST_RINGS).map(ring);
    const summary = el("summary", {}, el("span", { class: "ed-stack" }, ...rings), el("span", {}, words));
    const rows = people.map((person) =>
      el("li", {}, ring(person), el("p", {}, el("strong", {}, person.name), `, ${person.shortName}`, el("br"), el("span", { class: "jrp-soft" }, doingWords(person)))),
    );
    const list = rows.length ? el("ul", { class: "jrp-plain" }, ...rows) : el("p", {}, "You are the only one who has this report open.");
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
