import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Awareness } from "y-protocols/awareness";
import { encodePosition } from "../../binding/index";
import { toBase64 } from "../bytes";

const LEAST_MS = 100;

/** Tells the others where this person's caret is: at most ten times a second, and only when it has moved in the text. */
class OwnCaret {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly awareness: Awareness,
    private readonly mayWrite: () => boolean,
  ) {
    view.dom.addEventListener("focus", this.#soon);
    view.dom.addEventListener("blur", this.#soon);
  }

  update(): void {
    if (this.view.hasFocus()) this.#soon();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.view.dom.removeEventListener("focus", this.#soon);
    this.view.dom.removeEventListener("blur", this.#soon);
  }

  readonly #soon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.view.isDestroyed) this.#send();
    }, LEAST_MS);
  };

  #send(): void {
    const cursor = this.view.hasFocus() && this.mayWrite() ? this.#cursor() : null;
    const state = this.awareness.getLocalState();
    // A person who is present elsewhere has no state here; the caret follows when they come back.
    if (!state || JSON.stringify(state["cursor"]) === JSON.stringify(cursor)) return;
    this.awareness.setLocalStateField("cursor", cursor);
  }

  #cursor(): { anchor: string; head: string } {
    const { anchor, head } = this.view.state.selection;
    const at = (position: number): string => toBase64(encodePosition(this.view.state, position, -1));
    return { anchor: at(anchor), head: at(head) };
  }
}

/** The plugin that sends this person's caret. */
export function ownCaretPlugin(awareness: Awareness, mayWrite: () => boolean): Plugin {
  return new Plugin({ view: (view) => new OwnCaret(view, awareness, mayWrite) });
}
