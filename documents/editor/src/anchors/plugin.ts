import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import { bindingOf } from "../binding/index";
import type { Anchor } from "./anchor";
import { afterDeletion, changed, followed, isDue, settled, type Tracking } from "./tracking";

export const anchorsKey = new PluginKey<Tracking>("anchors");

/** What the plugin needs of a view. */
interface ViewLike {
  readonly state: EditorState;
  dispatch(transaction: Transaction): void;
}

/** Keeps the places of anchors in one editor. It never changes the text. */
export function anchorsPlugin(): Plugin<Tracking> {
  return new Plugin<Tracking>({
    key: anchorsKey,
    state: {
      init: () => [],
      apply: (transaction, tracking) => {
        const replaced = transaction.getMeta(anchorsKey) as Tracking | undefined;
        if (replaced) return replaced;
        return transaction.docChanged ? changed(tracking, transaction) : tracking;
      },
    },
    view: (view) => {
      const { ydoc } = bindingOf(view.state);
      const noted = (transaction: Y.Transaction): void => noteDeleted(view, transaction);
      ydoc.on("afterTransaction", noted);
      return { destroy: () => ydoc.off("afterTransaction", noted) };
    },
  });
}

/** What is deleted here is seen in the text. */
function noteDeleted(view: ViewLike, { local, deleteSet }: Y.Transaction): void {
  if (local || !deleteSet.clients.size) return;
  const tracking = trackingOf(view.state);
  const now = afterDeletion(tracking, (letter) => Y.isDeleted(deleteSet, letter));
  if (now !== tracking) replace(view, now);
}

export function trackingOf(state: EditorState): Tracking {
  return anchorsKey.getState(state) ?? [];
}

/** Follow these anchors from now on, each at its place. */
export function followAnchors(view: ViewLike, anchors: ReadonlyMap<string, Anchor>): void {
  replace(view, settled(followed(trackingOf(view.state), anchors), view.state));
}

/** Look again for all whose place may be wrong. */
export function settleAnchors(view: ViewLike): void {
  const tracking = trackingOf(view.state);
  if (isDue(tracking)) replace(view, settled(tracking, view.state));
}

function replace(view: ViewLike, tracking: Tracking): void {
  view.dispatch(view.state.tr.setMeta(anchorsKey, tracking).setMeta("addToHistory", false));
}
