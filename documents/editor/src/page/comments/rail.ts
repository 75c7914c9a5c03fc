import type { Anchor } from "../../anchors/index";
import { el } from "../dom";
import { type CardHost, ThreadCard } from "./card";
import { ComposeForm, type ComposeHost } from "./compose";
import { small } from "./form";
import type { Places } from "./section_talk";
import { countWords } from "./sentences";
import { isOpen, type Thread } from "./types";

export interface RailHost {
  /** "section 5". */
  readonly section: string;
  readonly card: CardHost;
  mayComment(): boolean;
  /** Begin a comment on the whole section. */
  begin(): void;
  /** How many threads of the section the filter hides, and what shows them. */
  showAll(): void;
}

/** So many cards are made at once: a section may have thousands. */
const AT_ONCE = 50;

/** What is said about one section, beside its text or, on narrow screens, under it. */
export class Rail {
  readonly #inside = el("div", { class: "ed-rail__in" });
  readonly #heading = el("h3", { tabindex: "-1" });
  readonly #hidden = el("p", { class: "jrp-soft", hidden: true });
  readonly #form = el("div");
  readonly #list = el("div");
  readonly #begin: HTMLButtonElement;
  readonly #more = small("", () => this.#showMore());
  #most = AT_ONCE;
  #again: () => void = () => undefined;
  readonly #cards = new Map<string, ThreadCard>();
  #compose: ComposeForm | null = null;

  constructor(
    readonly element: HTMLElement,
    private readonly host: RailHost,
  ) {
    this.#begin = small(`Comment on ${host.section}`, () => host.begin());
    this.#inside.append(this.#heading, this.#hidden, this.#form, this.#list, el("p", { class: "ed-acts" }, this.#more, this.#begin));
  }

  get composed(): Anchor | null {
    return this.#compose?.anchor ?? null;
  }

  get hasUnsent(): boolean {
    return (this.#compose !== null && !this.#compose.isEmpty) || [...this.#cards.values()].some((card) => card.hasUnsent);
  }

  card(id: string): ThreadCard | undefined {
    return this.#cards.get(id);
  }

  /** The card of which something has the focus. */
  get current(): ThreadCard | undefined {
    return [...this.#cards.values()].find(({ element }) => element.contains(document.activeElement));
  }

  /** Show these threads in this order, and how many others there are; `now` is shown in any case. */
  show(threads: readonly Thread[], all: readonly Thread[], now: string | null): void {
    this.#again = () => this.show(threads, all, now);
    this.#begin.hidden = !this.host.mayComment();
    const isEmpty = !all.length && !this.host.mayComment() && !this.#compose;
    // Putting it back where it is would take the focus out of it.
    if (isEmpty) this.#inside.remove();
    else if (this.#inside.parentNode !== this.element) this.element.replaceChildren(this.#inside);
    this.#heading.textContent = countWords(all.filter(isOpen).length, all.length, this.host.section);
    this.#showHidden(all.length - threads.length);
    this.#showCards(threads.filter(({ id }, index) => index < this.#most || id === now));
    this.#more.hidden = threads.length <= this.#most;
    this.#more.textContent = `Show more (${threads.length - this.#most})`;
  }

  locate(places: Places): void {
    for (const [id, card] of this.#cards) {
      const place = places.get(id);
      card.locate(place === undefined ? "unknown" : (place?.how ?? null));
    }
  }

  /** Open the form for a comment or a suggestion. One that is begun already is not thrown away. */
  write(anchor: Anchor | null, isSuggestion: boolean, host: ComposeHost, text = ""): boolean {
    if (this.#compose && !this.#compose.isEmpty) {
      this.#compose.focus();
      return false;
    }
    this.#compose = new ComposeForm(anchor, isSuggestion, host, text);
    this.#form.replaceChildren(this.#compose.element);
    if (this.#inside.parentNode !== this.element) this.element.append(this.#inside);
    this.#compose.focus();
    this.#compose.element.scrollIntoView({ block: "nearest" });
    return true;
  }

  stopWriting(): void {
    this.#compose = null;
    this.#form.replaceChildren();
  }

  focus(): void {
    const first = this.#cards.values().next().value;
    if (this.#compose) this.#compose.focus();
    else if (first) this.#list.querySelector("summary")?.focus();
    else if (!this.#begin.hidden && this.#inside.isConnected) this.#begin.focus();
    else this.#heading.focus();
  }

  focusHeading(): void {
    this.#heading.focus();
  }

  #showMore(): void {
    this.#most += AT_ONCE;
    this.#again();
  }

  #showHidden(count: number): void {
    this.#hidden.hidden = count <= 0;
    this.#hidden.replaceChildren(`${count} more ${count === 1 ? "is" : "are"} hidden by the filter. `, small("Show all", () => this.host.showAll()));
  }

  #showCards(threads: readonly Thread[]): void {
    const wanted = new Set(threads.map(({ id }) => id));
    for (const [id, card] of this.#cards) {
      // What somebody is writing stays until they have sent it.
      if (wanted.has(id) || card.hasUnsent) continue;
      const hadFocus = card.element.contains(document.activeElement);
      card.element.remove();
      this.#cards.delete(id);
      if (hadFocus) this.focusHeading();
    }
    for (const thread of threads) this.#put(thread);
    this.#order(threads);
  }

  #put(thread: Thread): void {
    const known = this.#cards.get(thread.id);
    if (known) return known.update(thread);
    const card = new ThreadCard(thread, this.host.card);
    this.#cards.set(thread.id, card);
    this.#list.append(card.element);
  }

  /** Moving an element takes the focus from it: the one that has it stays, and the others go round it. */
  #order(threads: readonly Thread[]): void {
    let next: ChildNode | null = this.#list.firstChild;
    for (const { id } of threads) {
      const element = this.#cards.get(id)?.element;
      if (!element) continue;
      if (element.contains(document.activeElement)) {
        while (next && next !== element) {
          const later: ChildNode | null = next.nextSibling;
          this.#list.append(next);
          next = later;
        }
      } else if (element !== next) {
        this.#list.insertBefore(element, next);
        continue;
      }
      next = element.nextSibling;
    }
  }
}
