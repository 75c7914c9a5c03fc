import type { Editor } from "@tiptap/core";
import { formDialog } from "../tools/dialog";
import { el } from "../dom";
import { presentWords, quotedPassage, replacePassage } from "./accept";
import type { ThreadsApi } from "./api";
import { short } from "./sentences";
import type { Thread } from "./types";

export interface DecidingHost {
  readonly api: ThreadsApi;
  /** The live editor of a thread's section, with all its passages known; null if nothing can be written there. */
  editorOf(thread: Thread): Promise<Editor | null>;
  /** Show a thread as it is now. */
  show(thread: Thread): void;
  tell(thread: Thread, words: string): void;
}

/** How the acceptance of a suggestion went. */
export type Accepted = "done" | "refused" | "changed";

const NO_EDITOR = "The text cannot be changed here just now. Nothing was accepted.";

/** Accepting suggestions: claimed first, so that two people never apply one twice; then one step in the text. */
export class Deciding {
  constructor(private readonly host: DecidingHost) {}

  async accept(thread: Thread): Promise<Accepted> {
    const { host } = this;
    const { anchor, suggestion } = thread;
    const editor = await host.editorOf(thread);
    if (!editor || !anchor || !suggestion) return this.#refuse(thread, NO_EDITOR);
    if (!quotedPassage(editor.view, thread.id, anchor.quote)) return this.#changed(thread, editor);
    const claim = await host.api.decide(thread, "accept");
    if (claim.thread) host.show(claim.thread);
    if (claim.errors) return this.#refuse(thread, Object.values(claim.errors).join(" "));
    // Others may have written while the claim was under way.
    const passage = quotedPassage(editor.view, thread.id, anchor.quote);
    if (!passage || editor.isDestroyed) return this.#giveBack(claim.thread, editor);
    replacePassage(editor.view, thread.id, passage, suggestion.replacement);
    host.tell(thread, "Accepted: the words are in the text. Undo takes them back.");
    return "done";
  }

  /** All of one person's, one after the other, each a step of its own. */
  async all(threads: readonly Thread[], doing: "accept" | "decline"): Promise<string> {
    let done = 0;
    for (const thread of threads) {
      if (doing === "accept") done += (await this.accept(thread)) === "done" ? 1 : 0;
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

  async #giveBack(thread: Thread, editor: Editor): Promise<Accepted> {
    const { thread: now } = await this.host.api.decide(thread, "reopen");
    if (now) this.host.show(now);
    return this.#changed(now ?? thread, editor);
  }

  #changed(thread: Thread, editor: Editor): Accepted {
    const present = editor.isDestroyed ? "" : presentWords(editor.view, thread.id);
    const now = present ? `The text now says “${short(present, 300)}”.` : "These words are no longer in the text.";
    const was = `The suggestion was to change “${short(thread.anchor?.quote ?? "", 300)}” to “${short(thread.suggestion?.replacement ?? "", 300)}”.`;
    this.host.tell(thread, `Not accepted, because the text has changed. ${now} ${was}`);
    return "changed";
  }

  #refuse(thread: Thread, words: string): Accepted {
    this.host.tell(thread, words);
    return "refused";
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
