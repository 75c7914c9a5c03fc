import { getSchema } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import { extensions } from "../schema/extensions";
import { isBad, type Outcome } from "./outcome";
import { Session, type SessionSetup } from "./session";

let schema: Schema | undefined;

/** The editor's schema, made once. */
export function editorSchema(): Schema {
  return (schema ??= getSchema(extensions()));
}

/** Run one session to its end. */
export function runSession(setup: SessionSetup): Outcome {
  return new Session(setup, editorSchema()).run();
}

/** Leave out operations of a failing session, half of them at first, then less, for as long as it still fails. */
export function shrink(setup: SessionSetup, operations: number): SessionSetup {
  let without = new Set(setup.without);
  const fails = (left: ReadonlySet<number>): boolean => isBad(runSession({ ...setup, without: left, trace: undefined }));
  for (let size = Math.ceil(operations / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let first = 0; first < operations; first += size) {
      const wider = new Set([...without, ...Array.from({ length: size }, (_, index) => first + index)]);
      if (wider.size > without.size && fails(wider)) without = wider;
    }
  }
  return { ...setup, without };
}
