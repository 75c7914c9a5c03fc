import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { flatKey } from "../../binding/index";

/** What would change the text by itself, past any transaction. */
const CHANGING = ["beforeinput", "paste", "cut", "drop"] as const;

/**
 * Keeps the text as it is while the person may not write, although the editor has a caret: they choose words with the
 * keyboard to comment on them. What comes from others is shown all the same.
 */
export function readOnly(mayWrite: () => boolean): Extension {
  const stop = (_view: unknown, event: Event): boolean => {
    if (mayWrite()) return false;
    event.preventDefault();
    return true;
  };
  const plugin = new Plugin({
    filterTransaction: (transaction) => !transaction.docChanged || transaction.getMeta(flatKey) !== undefined || mayWrite(),
    props: {
      handleDOMEvents: {
        ...Object.fromEntries(CHANGING.map((name) => [name, stop])),
        // Without anything to write, Tab only leaves.
        keydown: (_view, event) => event.key === "Tab" && !mayWrite(),
      },
    },
  });
  return Extension.create({ name: "readOnly", priority: 2000, addProseMirrorPlugins: () => [plugin] });
}
