/**
 * The text of a section, shared: one flat Yjs text on one side, ProseMirror's nested document on the other.
 * What is stored is told in FORMAT.md. Everything outside this folder uses only what is exported here.
 *
 * In the browser: `FlatCollaboration.configure({ document })`. Without a DOM (tests, fuzz):
 *
 *     const view = { state: EditorState.create({ schema, plugins: [flatPlugin(ydoc), tableEditing()] }), dispatch };
 *     // dispatch(tr): view.state = view.state.apply(tr), then update(view, previousState) of every plugin view
 *     for (const plugin of view.state.plugins) views.push(plugin.spec.view?.(view));
 *
 * The first plugin view fills the document from Yjs; from then on local transactions are written to Yjs and changes in
 * Yjs are dispatched as transactions, both at once and without timers. Opening never writes.
 */
export { FlatCollaboration } from "./extension";
export { setRandom } from "./ids";
export { flatKey } from "./keys";
export { deleteColumn, deleteRow } from "./lines";
export { canMergeCells, mergeCells } from "./merge";
export { type BindingStats, bindingOf, bindingStats, flatPlugin, type FlatState, type ViewLike } from "./plugin";
export { decodePosition, encodePosition } from "./positions";
export { readDocument } from "./reading";
export { MADE_FOR_US, undoManager } from "./undo";
export { keepMarkers } from "./text_writer";
