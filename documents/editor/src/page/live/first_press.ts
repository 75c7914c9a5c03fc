import type { Editor } from "@tiptap/core";
import { Selection } from "@tiptap/pm/state";

/** Where a section's text was pressed before it was live: there the caret goes when it is. */
export class FirstPress {
  /** `y` counts from the top of the text: sections above may change their height until then. */
  #place: { readonly x: number; readonly y: number } | null = null;

  constructor(
    private readonly body: HTMLElement,
    isLive: () => boolean,
  ) {
    body.addEventListener("pointerdown", ({ clientX, clientY }) => {
      if (!isLive()) this.#place = { x: clientX, y: clientY - body.getBoundingClientRect().top };
    });
  }

  takeFocus({ view, state }: Editor): void {
    const top = this.body.getBoundingClientRect().top;
    const hit = this.#place && view.posAtCoords({ left: this.#place.x, top: top + this.#place.y });
    view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(hit ? hit.pos : 0))));
    view.focus();
    this.#place = null;
  }
}
