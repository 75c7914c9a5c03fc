import type { Editor } from "@tiptap/core";
import { Extension } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { anchorsPlugin, type Anchor, followAnchors, makeAnchor, type Range, textBetween, trackingOf, trimmed } from "../../anchors/index";
import type { LiveSection } from "../live/section";
import { onUndone } from "./accept";
import type { Whereabouts } from "./card";
import { idsAt, type Look, marksPlugin, redraw } from "./marks";
import { isOpen, type Thread } from "./types";

export interface TalkHost {
  threads(section: string): readonly Thread[];
  /** The passage of a comment that is being written. */
  composed(section: LiveSection): Anchor | null;
  /** The thread whose card is open. */
  isNow(id: string): boolean;
  placesChanged(section: LiveSection): void;
  pressed(section: LiveSection, id: string): void;
  undone(id: string): void;
  begin(section: LiveSection, isSuggestion: boolean): void;
}

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

  where({ id, anchor }: Thread): Whereabouts {
    if (!anchor || !this.#view || this.#view.isDestroyed) return "unknown";
    const tracked = trackingOf(this.#view.state).find((one) => one.id === id);
    return tracked ? (tracked.place?.how ?? null) : "unknown";
  }

  /** Where a thread stands in the text, for the order of the list: what is nowhere comes last. */
  position({ id }: Thread): number {
    const state = this.#view && !this.#view.isDestroyed ? this.#view.state : null;
    return (state && trackingOf(state).find((one) => one.id === id)?.place?.from) ?? Number.MAX_SAFE_INTEGER;
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
    const thread = this.host.threads(this.section.config.id).find((one) => one.id === id);
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
