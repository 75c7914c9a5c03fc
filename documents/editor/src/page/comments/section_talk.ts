import type { Editor } from "@tiptap/core";
import { Extension } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { anchorsPlugin, type Anchor, followAnchors, makeAnchor, type Place, type Range, textBetween, trackingOf, trimmed } from "../../anchors/index";
import type { LiveSection } from "../live/section";
import { onUndone } from "./accept";
import { idsAt, type Look, marksPlugin, redraw } from "./marks";
import { isOpen, type Thread } from "./types";

export interface TalkHost {
  threads(section: string): readonly Thread[];
  thread(id: string): Thread | undefined;
  /** The passage of a comment that is being written. */
  composed(section: LiveSection): Anchor | null;
  /** The thread whose card is open. */
  isNow(id: string): boolean;
  placesChanged(section: LiveSection): void;
  pressed(section: LiveSection, id: string): void;
  undone(id: string): void;
  begin(section: LiveSection, isSuggestion: boolean): void;
}

export type Places = ReadonlyMap<string, Place | null>;

const DRAFT = "draft";

/** The threads of one section in its editor: their passages, marked and followed. */
export class SectionTalk {
  #view: EditorView | null = null;

  constructor(
    readonly section: LiveSection,
    private readonly host: TalkHost,
  ) {}

  /** For the section's editor, each time one is made. */
  extension(): Extension {
    const marks = marksPlugin({
      look: (id) => this.#look(id),
      ready: (view) => this.#ready(view),
      settled: () => this.host.placesChanged(this.section),
      pressed: ([id]) => id && this.host.pressed(this.section, id),
    });
    const begin = (isSuggestion: boolean) => (): boolean => {
      this.host.begin(this.section, isSuggestion);
      return true;
    };
    return Extension.create({
      name: "comments",
      addKeyboardShortcuts: () => ({ "Mod-Alt-m": begin(false), "Mod-Alt-s": begin(true) }),
      addProseMirrorPlugins: () => [anchorsPlugin(), marks],
    });
  }

  /** Follow the section's threads as they are now. */
  follow(): void {
    const view = this.#view;
    if (!view || view.isDestroyed) return;
    const anchors = new Map<string, Anchor>();
    for (const { id, anchor } of this.host.threads(this.section.config.id)) if (anchor) anchors.set(id, anchor);
    const composed = this.host.composed(this.section);
    if (composed) anchors.set(DRAFT, composed);
    followAnchors(view, anchors);
    this.host.placesChanged(this.section);
  }

  redraw(): void {
    if (this.#view && !this.#view.isDestroyed) redraw(this.#view);
  }

  /** The section's editor as soon as it is there, with all passages known. */
  reached(): Promise<Editor> {
    return new Promise((answer) => {
      this.section.reach((editor) => {
        queueMicrotask(() => {
          this.follow();
          answer(editor);
        });
      });
    });
  }

  /** Where the threads' words are now, by id; a thread that is not in it is not known to be anywhere. */
  places(): Places {
    const state = this.#view && !this.#view.isDestroyed ? this.#view.state : null;
    return new Map((state ? trackingOf(state) : []).map(({ id, place }) => [id, place]));
  }

  /** The thread about the words at the caret. */
  get atCaret(): string | undefined {
    const state = this.section.editor?.state;
    return state && idsAt(state, state.selection.head).find((id) => id !== DRAFT);
  }

  /** The passage that is selected; null without a word in it. */
  selected(editor: Editor): Anchor | null {
    const range = chosen(editor);
    return range && makeAnchor(editor.state, range.from, range.to);
  }

  /** Why other words cannot be suggested for what is selected; "" if they can. */
  whyNoSuggestion(editor: Editor): string {
    const { state } = editor;
    const all = chosen(editor);
    const range = all && trimmed(state, all.from, all.to);
    if (!range) return "Select the words that you want to change first.";
    if (!state.doc.resolve(range.from).sameParent(state.doc.resolve(range.to))) {
      return "A suggestion changes words of one paragraph. Select words inside one paragraph, or write a comment.";
    }
    const hasNote = textBetween(state.doc, range.from, range.to).includes("\ufffc");
    return hasNote ? "There is a footnote between these words. Select the words before or behind it." : "";
  }

  /** Select a thread's words and go there; false if they are nowhere. */
  goTo({ id }: Thread): boolean {
    const editor = this.section.editor;
    const place = editor && trackingOf(editor.state).find((one) => one.id === id)?.place;
    if (!editor || !place) return false;
    const { state, view } = editor;
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, place.from, place.to)));
    view.focus();
    const { node } = view.domAtPos(place.from);
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: "center" });
    return true;
  }

  #ready(view: EditorView): void {
    this.#view = view;
    onUndone(view, (id) => this.host.undone(id));
    this.follow();
  }

  #look(id: string): Look | null {
    if (id === DRAFT) return { isOwn: false, isNow: true, replacement: null };
    const thread = this.host.thread(id);
    const isNow = this.host.isNow(id);
    if (!thread || (!isOpen(thread) && !isNow)) return null;
    const isSuggested = thread.suggestion?.state === "open";
    return { isOwn: thread.onlyFor !== null, isNow, replacement: isSuggested ? (thread.suggestion?.replacement ?? "") : null };
  }
}

/** "section 5", or the title of one without a number. */
export function nameOf({ root, config }: LiveSection): string {
  const number = root.querySelector("h2 .n")?.textContent?.trim();
  return number ? `section ${number}` : `“${config.title}”`;
}

/** What is selected: as the browser has it, because the editor hears of that a moment later. */
function chosen({ state, view }: Editor): Range | null {
  const { selection } = state;
  const now = view.hasFocus() ? document.getSelection() : null;
  if (selection instanceof TextSelection && now?.anchorNode && now.focusNode && view.dom.contains(now.anchorNode) && view.dom.contains(now.focusNode)) {
    const ends = [view.posAtDOM(now.anchorNode, now.anchorOffset), view.posAtDOM(now.focusNode, now.focusOffset)];
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    return from < to ? { from, to } : null;
  }
  return selection.empty ? null : { from: selection.from, to: selection.to };
}
