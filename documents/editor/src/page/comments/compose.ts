import type { Anchor } from "../../anchors/index";
import { el } from "../dom";
import type { Answer } from "./api";
import { choice, once, small, Trouble, writingBox } from "./form";
import { MentionPicker } from "./mentions";
import { sendWords, short } from "./sentences";
import { type Draft, KINDS, type Mentionable, type Thread } from "./types";

export interface ComposeHost {
  /** The organisation for which this person comments; "" if they have none. */
  readonly organisation: string;
  /** "section 5". */
  readonly section: string;
  mentionable(): Mentionable;
  send(draft: Draft): Promise<Answer>;
  sent(thread: Thread): void;
  cancelled(): void;
  /** Suggest other words for the passage instead; null where that cannot be. */
  readonly suggest: ((text: string) => void) | null;
}

const QUOTE = 200;

/** Writing a comment or a suggestion beside the text. Nobody is chosen to see it until one of the two buttons says who. */
export class ComposeForm {
  readonly element: HTMLElement;
  readonly #trouble = new Trouble();
  readonly #words: HTMLTextAreaElement | null;
  readonly #text: HTMLTextAreaElement;
  readonly #kind: HTMLSelectElement;
  readonly #mentions: MentionPicker;

  constructor(
    readonly anchor: Anchor | null,
    isSuggestion: boolean,
    private readonly host: ComposeHost,
    written = "",
  ) {
    const words = isSuggestion && anchor ? writingBox("New words (leave empty to delete)", 3) : null;
    const text = writingBox(words ? "Why (you can leave this out)" : "Comment", words ? 2 : 4);
    const kind = choice("Kind", KINDS);
    this.#words = words?.box ?? null;
    if (this.#words && anchor) this.#words.value = anchor.quote;
    this.#text = text.box;
    this.#text.value = written;
    this.#kind = kind.list;
    this.#mentions = new MentionPicker(() => host.mentionable());
    const fields = [...(words ? [words.group] : []), text.group, kind.group, this.#mentions.element];
    this.element = el("div", { class: "ed-compose", role: "group", "aria-label": this.#heading() }, el("h4", {}, this.#heading()), ...fields, this.#trouble.element, this.#buttons());
  }

  get isEmpty(): boolean {
    const isChanged = this.#words !== null && this.#words.value !== this.anchor?.quote;
    return !isChanged && !this.#text.value.trim();
  }

  focus(): void {
    const box = this.#words ?? this.#text;
    box.focus();
    box.select();
  }

  #heading(): string {
    const { anchor, host } = this;
    if (!anchor) return `Comment on ${host.section}`;
    return `${this.#words ? "Suggest other words for" : "Comment on"} “${short(anchor.quote, QUOTE)}”`;
  }

  #buttons(): HTMLElement {
    const { organisation } = this.host;
    const send = (onlyForUs: boolean): HTMLButtonElement => {
      const pressed = small(sendWords(onlyForUs ? organisation : null), () => void once(pressed, () => this.#send(onlyForUs)), { isMain: !onlyForUs });
      return pressed;
    };
    const cancel = small("Cancel", () => this.host.cancelled());
    const { suggest } = this.host;
    const instead = suggest && !this.#words ? [small("Suggest other words instead", () => suggest(this.#text.value))] : [];
    return el("div", { class: "ed-acts" }, send(false), ...(organisation ? [send(true)] : []), ...instead, cancel);
  }

  async #send(onlyForUs: boolean): Promise<void> {
    const draft: Draft = {
      kind: this.#kind.value,
      only_for_us: onlyForUs,
      anchor: this.anchor,
      text: this.#text.value,
      replacement: this.#words?.value ?? null,
      mentions: this.#mentions.chosen,
    };
    this.#trouble.show();
    const { thread, errors } = await this.host.send(draft);
    if (!errors) return this.host.sent(thread);
    this.#trouble.show(...Object.values(errors));
    if ("text" in errors) this.#text.focus();
    else if ("replacement" in errors) this.#words?.focus();
  }
}
