import type { Editor } from "@tiptap/core";
import { formDialog } from "../tools/dialog";
import { el } from "../dom";
import { fromBase64 } from "../bytes";
import { presentWords, quotedPassage, takeBack, takeIn } from "./accept";
import type { Answer, ThreadsApi } from "./api";
import { small } from "./form";
import { short } from "./sentences";
import type { Thread } from "./types";

export interface DecidingHost {
  readonly api: ThreadsApi;
  /** The live editor of a thread's section, with all its passages known; null if nothing can be written there. */
  editorOf(thread: Thread): Promise<Editor | null>;
  /** Let nothing from others into a thread's section before this is done. */
  held<T>(thread: Thread, work: () => Promise<T>): Promise<T>;
  /** Show a thread as it is now. */
  show(thread: Thread): void;
  tell(thread: Thread, words: string, doing?: HTMLElement): void;
}

/** Longer than any suggestion can make it. */
const MOST = 200_000;
const NO_EDITOR = "The text cannot be changed here just now. Nothing was accepted.";

/** Accepting suggestions: the server changes the text, so that it is done once or not at all; undo takes it back here. */
export class Deciding {
  constructor(private readonly host: DecidingHost) {}

  async accept(thread: Thread): Promise<boolean> {
    const { host } = this;
    const editor = await host.editorOf(thread);
    if (!editor || !thread.anchor || !thread.suggestion) return this.#refuse(thread, NO_EDITOR);
    // The server cannot know yet what was written here just now.
    if (!quotedPassage(editor.view, thread.id, thread.anchor.quote)) return this.#changed(thread, editor);
    const { thread: now, errors } = await host.held(thread, () => this.#accept(thread, editor));
    if (now) host.show(now);
    if (errors) return this.#refuse(thread, Object.values(errors).join(" "));
    const undo = small("Undo", () => this.#takeBack(thread, editor), { about: `and take back the words of ${thread.author.name}` });
    host.tell(thread, "Accepted: the words are in the text. ", undo);
    return true;
  }

  #takeBack(thread: Thread, editor: Editor): void {
    if (!editor.isDestroyed && takeBack(editor.view, thread.id)) return;
    this.host.tell(thread, "You have changed this section since. Undo that first, or bring its earlier text back from the history.");
  }

  /** All of one person's, one after the other, each a step of its own. */
  async all(threads: readonly Thread[], doing: "accept" | "decline"): Promise<string> {
    let done = 0;
    for (const thread of threads) {
      if (doing === "accept") done += (await this.accept(thread)) ? 1 : 0;
      else done += (await this.#decline(thread)) ? 1 : 0;
    }
    const left = threads.length - done;
    const words = doing === "accept" ? "accepted" : "declined";
    return left ? `${done} ${words}, ${left} left: see what each says.` : `All ${done} ${words}.`;
  }

  async #decline(thread: Thread): Promise<boolean> {
    const { thread: now, errors } = await this.host.api.decide(thread, "decline");
    if (now) this.host.show(now);
    if (errors) this.host.tell(thread, Object.values(errors).join(" "));
    return !errors;
  }

  async #accept(thread: Thread, editor: Editor): Promise<Answer> {
    const answer = await this.host.api.decide(thread, "accept");
    const update = fromBase64(answer.update, MOST);
    if (update?.length && !editor.isDestroyed) takeIn(editor.view, thread.id, update);
    return answer;
  }

  #changed(thread: Thread, editor: Editor): boolean {
    const present = editor.isDestroyed ? "" : presentWords(editor.view, thread.id);
    const now = present ? `The text now says “${short(present, 300)}”.` : "These words are no longer in the text.";
    const was = `The suggestion was to change “${short(thread.anchor?.quote ?? "", 300)}” to “${short(thread.suggestion?.replacement ?? "", 300)}”.`;
    this.host.tell(thread, `Not accepted, because the text has changed. ${now} ${was}`);
    return false;
  }

  #refuse(thread: Thread, words: string): boolean {
    this.host.tell(thread, words);
    return false;
  }
}

/** Ask before something that cannot be taken back, or that does much at once. */
export function ask(heading: string, words: string, submit: string): Promise<boolean> {
  const back = document.activeElement;
  return new Promise((answer) => {
    let isYes = false;
    formDialog({
      heading,
      content: [el("p", { class: "govuk-body" }, words)],
      submit,
      onSubmit: () => (isYes = true),
      returnFocus: () => {
        if (back instanceof HTMLElement && back.isConnected) back.focus();
        answer(isYes);
      },
    });
  });
}
