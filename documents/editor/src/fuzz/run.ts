import { getSchema } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import { extensions } from "../schema/extensions";
import { faultsOf, type Outcome } from "./outcome";
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

/** Leave out operations of a failing session, half of them at first, then less, for as long as it still fails so. */
export function shrink(setup: SessionSetup, outcome: Outcome): SessionSetup {
  const wanted = new Set(signsOf(outcome));
  let without = new Set(setup.without);
  const fails = (left: ReadonlySet<number>): boolean =>
    signsOf(runSession({ ...setup, without: left, trace: undefined })).some((sign) => wanted.has(sign));
  const last = outcome.operations + without.size;
  for (let size = Math.ceil(last / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let first = 0; first < last; first += size) {
      const wider = new Set([...without, ...Array.from({ length: Math.min(size, last - first) }, (_, index) => first + index)]);
      if (wider.size > without.size && fails(wider)) without = wider;
    }
  }
  return { ...setup, without };
}

/** By what a failure is known again: what is wrong, and with which piece. */
function signsOf(outcome: Outcome): string[] {
  return faultsOf(outcome).map((fault) => /^(?:lost|doubled): \S+|^\w+:/.exec(fault)?.[0] ?? fault);
}
