import type { Anchor } from "../../anchors/index";
import type { LiveSection } from "../live/section";
import { tell } from "../tools/dialog";
import type { ThreadsApi } from "./api";
import type { ThreadBoard } from "./board";
import type { ComposeHost } from "./compose";
import type { Rail } from "./rail";
import { nameOf, type SectionTalk } from "./section_talk";
import type { Thread } from "./types";

export interface BeginningHost {
  readonly api: ThreadsApi;
  readonly board: ThreadBoard;
  readonly organisation: string;
  rail(section: LiveSection): Rail | undefined;
  talk(section: LiveSection): SectionTalk;
  refresh(section: LiveSection): void;
  announce(words: string): void;
}

const NOTHING_SELECTED = "Select the words that you want to change first.";

/** Beginning a comment or a suggestion on what is selected; a comment without a selection is about the whole section. */
export class Beginning {
  constructor(private readonly host: BeginningHost) {}

  begin(section: LiveSection, isSuggestion: boolean): void {
    if (!section.mayComment) return tell("You cannot comment here", "You can read this section, but not comment on it.");
    const { editor } = section;
    const talk = this.host.talk(section);
    const problem = isSuggestion ? (editor ? talk.whyNoSuggestion(editor) : NOTHING_SELECTED) : "";
    if (problem) return tell("Suggest other words", problem);
    const anchor = editor ? talk.selected(editor) : null;
    const isPossible = editor !== null && anchor !== null && !talk.whyNoSuggestion(editor);
    this.write(section, anchor, isSuggestion, isPossible ? (text) => this.#suggest(section, anchor, text) : null);
  }

  write(section: LiveSection, anchor: Anchor | null, isSuggestion: boolean, suggest: ComposeHost["suggest"] = null): void {
    const isNew = this.host.rail(section)?.write(anchor, isSuggestion, { ...this.#composing(section), suggest });
    if (isNew) this.host.talk(section).follow();
  }

  #suggest(section: LiveSection, anchor: Anchor, text: string): void {
    const rail = this.host.rail(section);
    rail?.stopWriting();
    rail?.write(anchor, true, { ...this.#composing(section), suggest: null }, text);
  }

  #composing(section: LiveSection): Omit<ComposeHost, "suggest"> {
    const { host } = this;
    const { id } = section.config;
    return {
      organisation: host.organisation,
      section: nameOf(section),
      mentionable: () => host.board.mentionable(id, null),
      send: (draft) => host.api.open(id, draft),
      sent: (thread) => this.#sent(section, thread),
      cancelled: () => {
        this.#finish(section);
        section.editor?.view.focus();
      },
    };
  }

  #sent(section: LiveSection, thread: Thread): void {
    this.host.board.put(thread);
    this.#finish(section);
    this.host.rail(section)?.card(thread.id)?.focus();
    this.host.announce(`Sent to ${thread.onlyFor ? `${thread.onlyFor.shortName} only` : "everyone"}.`);
  }

  #finish(section: LiveSection): void {
    this.host.rail(section)?.stopWriting();
    this.host.refresh(section);
  }
}
