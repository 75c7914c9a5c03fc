import { BLOCKS } from "./blocks";
import { CLIPBOARD } from "./clipboard";
import { operation } from "./operation";
import { TABLES } from "./tables";
import { TYPING } from "./typing";

const HISTORY = {
  undo: operation("history", ({ person }) => void person.undo.undo()),
  redo: operation("history", ({ person }) => void person.undo.redo()),
} as const;

/** Everything that people do in a session. */
export const OPERATIONS = { ...TYPING, ...BLOCKS, ...CLIPBOARD, ...TABLES, ...HISTORY } as const;

export type Kind = keyof typeof OPERATIONS;
