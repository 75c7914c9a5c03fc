import { PluginKey } from "@tiptap/pm/state";
import type { FlatState } from "./plugin";

/** Transactions that come from Yjs (others' edits, undo, the first fill) carry `true` under this key. */
export const flatKey = new PluginKey<FlatState>("flat");
