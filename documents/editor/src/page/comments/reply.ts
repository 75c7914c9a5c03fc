import { el } from "../dom";
import type { Answer } from "./api";
import { once, small, Trouble, writingBox } from "./form";
import { MentionPicker } from "./mentions";
import { sendWords } from "./sentences";
import type { Mention, Mentionable, Thread } from "./types";

export interface ReplyHost {
  mentionable(): Mentionable;
  send(text: string, mentions: readonly Mention[]): Promise<Answer>;
}

/** The box under a thread. It stays as it is while the thread above it changes. */
export class ReplyForm {
  readonly element: HTMLElement;
  readonly #box: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #trouble = new Trouble();
  readonly #mentions: MentionPicker;

  constructor(
    author: string,
    private readonly host: ReplyHost,
  ) {
    const { group, box } = writingBox("Reply", 2, `to ${author}`);
    this.#box = box;
    this.#mentions = new MentionPicker(() => host.mentionable());
    this.#send = small("", () => void once(this.#send, () => this.#reply()), { isMain: true });
    this.element = el("div", { class: "ed-thread__reply" }, group, this.#mentions.element, this.#trouble.element, el("div", { class: "ed-acts" }, this.#send));
  }

  get isEmpty(): boolean {
    return !this.#box.value.trim();
  }

  /** Show who will see a reply to this thread. */
  show({ onlyFor, may }: Thread): void {
    this.#send.textContent = sendWords(onlyFor?.shortName ?? null);
    // Whoever has begun to write keeps what they wrote.
    this.element.hidden = !may.reply && this.isEmpty;
  }

  async #reply(): Promise<void> {
    this.#trouble.show();
    const { errors } = await this.host.send(this.#box.value, this.#mentions.chosen);
    if (errors) {
      this.#trouble.show(...Object.values(errors));
      this.#box.focus();
      return;
    }
    this.#box.value = "";
    this.#mentions.clear();
    this.#box.focus();
  }
}
