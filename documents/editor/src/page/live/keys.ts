import { type Editor, Extension } from "@tiptap/core";
import { Plugin, Selection, TextSelection } from "@tiptap/pm/state";
import { goToNextCell, isInTable } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import { writeBeside } from "../tools/commands";

export type Direction = "up" | "down" | "left" | "right";

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export interface KeyHandlers {
  /** Move the caret to the neighbouring section, to the column at `x` if given; false if there is none. */
  leave(direction: Direction, x: number | null): boolean;
  editLink(): void;
}

/** Keys that the page adds to the editor's own. Tab moves between cells, but never traps: Escape, then Tab leaves. */
export function pageKeys(handlers: KeyHandlers): Extension {
  return Extension.create({
    name: "pageKeys",
    priority: 1000,
    addKeyboardShortcuts() {
      return {
        "Mod-k": () => {
          handlers.editLink();
          return true;
        },
        "Mod-Enter": ({ editor }) => {
          if (!isInTable(editor.state)) return false;
          writeBeside(editor, "below");
          return true;
        },
        "Mod-Home": ({ editor }) => goToEdge(editor, "start", false),
        "Mod-End": ({ editor }) => goToEdge(editor, "end", false),
        "Shift-Mod-Home": ({ editor }) => goToEdge(editor, "start", true),
        "Shift-Mod-End": ({ editor }) => goToEdge(editor, "end", true),
      };
    },
    addProseMirrorPlugins: () => [placePlugin(), tabPlugin(), borderPlugin(handlers)],
  });
}

/** Browsers tell of a click's caret a frame late, on a busy machine much later: a key pressed meanwhile acts where the caret is. */
function placePlugin(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (view) => {
          if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
          return false;
        },
      },
    },
  });
}

/** Browsers put the caret beside a table that ends a section, where the first letter typed is lost, or into its first cell. */
function goToEdge({ view, state }: Editor, edge: "start" | "end", isExtending: boolean): boolean {
  const { head } = edge === "start" ? Selection.atStart(state.doc) : Selection.atEnd(state.doc);
  const anchor = isExtending ? state.selection.anchor : head;
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, anchor, head)).scrollIntoView());
  return true;
}

/** After Escape, and at the end of a table (whose own Tab adds rows for ever), Tab is the browser's. */
function tabPlugin(): Plugin {
  let escaped = false;
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (view, event) => {
          const leaves = event.key === "Tab" && (escaped || isLastCell(view, event.shiftKey ? -1 : 1));
          // Shift alone comes before Shift and Tab.
          if (event.key !== "Shift") escaped = event.key === "Escape";
          return leaves;
        },
        blur: () => {
          escaped = false;
          return false;
        },
      },
    },
  });
}

function isLastCell(view: EditorView, direction: 1 | -1): boolean {
  return isInTable(view.state) && !goToNextCell(direction)(view.state);
}

/** Arrow keys at the edge of a section go on in the next one. */
function borderPlugin(handlers: KeyHandlers): Plugin {
  return new Plugin({
    props: {
      handleKeyDown: (view, event) => {
        const direction = DIRECTIONS[event.key];
        const isPlain = !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey);
        if (!direction || !isPlain || !isAtEdge(view, direction)) return false;
        const isVertical = direction === "up" || direction === "down";
        return handlers.leave(direction, isVertical ? view.coordsAtPos(view.state.selection.head).left : null);
      },
    },
  });
}

function isAtEdge(view: EditorView, direction: Direction): boolean {
  const { selection, doc } = view.state;
  if (!(selection instanceof TextSelection) || !selection.empty) return false;
  const edge = direction === "up" || direction === "left" ? Selection.atStart(doc) : Selection.atEnd(doc);
  if (direction === "left" || direction === "right") return selection.head === edge.head;
  if (selection.$head.parent !== edge.$head.parent && !isInEdgeTable(selection, edge)) return false;
  return view.endOfTextblock(direction);
}

/** From any cell of the first or last row of a table at the section's edge, up or down leaves the section. */
function isInEdgeTable(selection: Selection, edge: Selection): boolean {
  const { $head } = selection;
  if ($head.depth < 2 || $head.node(1).type.name !== "table" || $head.index(0) !== edge.$head.index(0)) return false;
  const isSameRow = $head.index(1) === edge.$head.index(1);
  const cell = $head.node(3);
  const isEdgeBlock = $head.parent === cell.firstChild || $head.parent === cell.lastChild;
  return isSameRow && isEdgeBlock;
}

/** Put the caret at the near edge of a section that is entered from its neighbour. */
export function enterFrom(editor: Editor, direction: Direction, x: number | null): void {
  const { view, state } = editor;
  const isForward = direction === "down" || direction === "right";
  const edge = isForward ? Selection.atStart(state.doc) : Selection.atEnd(state.doc);
  let target = edge;
  if (x !== null) {
    const line = view.coordsAtPos(edge.head);
    const hit = view.posAtCoords({ left: x, top: (line.top + line.bottom) / 2 });
    if (hit) target = Selection.near(state.doc.resolve(hit.pos), isForward ? 1 : -1);
  }
  view.dispatch(state.tr.setSelection(target).scrollIntoView());
  view.focus();
}
