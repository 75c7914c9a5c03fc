import type { Place } from "../../anchors/index";
import { colourClass } from "../colours";
import { el, icon } from "../dom";
import { actions, type ActionsHost } from "./actions";
import type { Answer } from "./api";
import { ReplyForm } from "./reply";
import { about, audience, decision, peek, proposal, when } from "./sentences";
import type { Author, Comment, Mention, Mentionable, Thread } from "./types";

export interface CardHost extends ActionsHost {
  readonly isRestricted: boolean;
  mentionable(thread: Thread): Mentionable;
  reply(thread: Thread, text: string, mentions: readonly Mention[]): Promise<Answer>;
  /** The card was opened or closed. */
  toggled(thread: Thread, isOpen: boolean): void;
}

/** Where a thread's words are: unknown until the section is live; null where they are gone. */
export type Whereabouts = Place["how"] | "unknown" | null;

/** One thread beside the text. Its parts change one by one, so that focus and what is being typed stay. */
export class ThreadCard {
  readonly element: HTMLDetailsElement;
  readonly #summary = el("summary");
  readonly #quote = el("div", { class: "ed-thread__about" });
  readonly #said = el("div");
  readonly #notice = el("div", { role: "status" });
  readonly #acts = el("div", { class: "ed-acts" });
  readonly #reply: ReplyForm;
  #shown = "";
  #where: Whereabouts = "unknown";

  constructor(
    public thread: Thread,
    private readonly host: CardHost,
  ) {
    this.#reply = new ReplyForm(thread.author.name, {
      mentionable: () => host.mentionable(this.thread),
      send: (text, mentions) => host.reply(this.thread, text, mentions),
    });
    const inside = el("div", { class: "ed-thread__in" }, this.#quote, this.#said, this.#notice, this.#acts, this.#reply.element);
    this.element = el("details", { class: "ed-thread", id: `thread-${thread.id}` }, this.#summary, inside);
    this.element.addEventListener("toggle", () => host.toggled(this.thread, this.element.open));
    this.update(thread);
  }

  get hasUnsent(): boolean {
    return !this.#reply.isEmpty;
  }

  update(thread: Thread): void {
    const now = `${JSON.stringify(thread)} ${thread.may.accept ? this.host.alike(thread).length : 0}`;
    if (now === this.#shown) return;
    this.#shown = now;
    this.thread = thread;
    this.element.classList.toggle("ed-thread--own", thread.onlyFor !== null);
    // The line of the organisation whose own it is.
    if (thread.onlyFor) this.element.classList.add(colourClass(thread.author.organisation.colour));
    this.#summary.replaceChildren(...head(thread, this.host.isRestricted));
    this.#said.replaceChildren(...body(thread));
    this.#drawActs();
    this.#drawQuote();
    this.#reply.show(thread);
  }

  /** Say where its words are now. */
  locate(where: Whereabouts): void {
    if (where === this.#where) return;
    this.#where = where;
    this.#drawQuote();
  }

  /** Tell something about what was done with it; nodes may hold buttons. */
  tell(...words: readonly (Node | string)[]): void {
    this.#notice.replaceChildren(...(words.length ? [el("p", { class: "ed-thread__notice" }, ...words)] : []));
  }

  focus(): void {
    this.element.open = true;
    this.#summary.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  #drawQuote(): void {
    this.#quote.replaceChildren(...quoted(this.thread, this.#where));
  }

  #drawActs(): void {
    const hadFocus = this.#acts.contains(document.activeElement);
    this.#acts.replaceChildren(...actions(this.thread, this.host));
    if (hadFocus) this.#summary.focus();
  }
}

function head(thread: Thread, isRestricted: boolean): Node[] {
  const { author, onlyFor } = thread;
  const who = el("span", { class: "ed-thread__who" }, author.name, el("small", {}, about(thread)));
  const seen = el("span", { class: "ed-vis" }, icon(onlyFor ? "lock" : "people"), audience(thread, isRestricted));
  const decided = isDecided(thread) ? thread.suggestion?.stateLabel : undefined;
  const state = decided ?? (thread.resolved ? "Resolved" : "");
  const tag = state ? [el("span", { class: "jrp-tag" }, icon("tick"), state)] : [];
  return [ring(author), who, chevron(), seen, ...tag, el("span", { class: "ed-thread__peek" }, peek(thread))];
}

function isDecided({ suggestion }: Pick<Thread, "suggestion">): boolean {
  return suggestion !== null && suggestion.state !== "open";
}

function chevron(): Element {
  const drawn = icon("chevron");
  drawn.classList.add("ed-thread__chev");
  return drawn;
}

function ring({ initials, organisation }: Author): HTMLElement {
  return el("span", { class: `jrp-person ${colourClass(organisation.colour)}`, "aria-hidden": "true" }, initials);
}

/** What the thread is about, and what has become of these words. */
function quoted({ anchor, suggestion }: Thread, where: Whereabouts): Node[] {
  if (!anchor) return [el("p", { class: "jrp-soft" }, "About the whole section")];
  const isDone = isDecided({ suggestion });
  if (where === null && !isDone) {
    return [el("p", { class: "ed-thread__gone" }, el("strong", {}, "The text has changed."), " It said: ", el("q", {}, anchor.quote))];
  }
  const said = el("p", { class: "jrp-soft" }, "About ", el("q", {}, anchor.quote));
  if (isDone || where === "exact" || where === "restored" || where === "unknown") return [said];
  const words = where === "moved" ? "The text was moved or changed." : "The text has changed.";
  return [said, el("p", { class: "ed-thread__gone" }, words)];
}

function body(thread: Thread): Node[] {
  const { comments, suggestion, resolved, shared, disposition, round, anchor } = thread;
  const parts: Node[] = [];
  if (suggestion) parts.push(el("p", {}, `${proposal(suggestion, anchor?.quote ?? "")}.`));
  parts.push(...comments.map((comment, index) => (index || comment.author.name !== thread.author.name ? reply(comment) : words(comment))));
  const facts = [
    suggestion && isDecided(thread) ? `${decision(suggestion)}.` : "",
    disposition ? `Answer of the round: ${disposition.label}${disposition.reason ? ` – ${disposition.reason}` : ""}.` : "",
    round ? `Made in the comment round “${round.name}”${round.isLate ? ", after it had closed" : ""}.` : "",
    shared ? `Shared with everyone by ${shared.by}, ${when(shared.at)}.` : "",
    // Who decides a suggestion resolves its thread.
    resolved && !isDecided(thread) ? `Resolved by ${resolved.by}, ${when(resolved.at)}.` : "",
  ];
  return [...parts, ...facts.filter(Boolean).map((fact) => el("p", { class: "jrp-soft" }, fact))];
}

function reply(comment: Comment): HTMLElement {
  const { author, at } = comment;
  const who = el("span", { class: "ed-thread__who" }, author.name, el("small", {}, `${author.organisation.shortName} · ${when(at)}`));
  return el("div", { class: "ed-thread__reply" }, el("p", { class: "ed-thread__by" }, ring(author), who), words(comment));
}

function words({ text, mentions }: Comment): HTMLElement {
  const calls = mentions.length ? [el("p", { class: "jrp-soft" }, `To ${mentions.join(", ")}`)] : [];
  return el("div", { class: "ed-said" }, el("p", {}, text), ...calls);
}
