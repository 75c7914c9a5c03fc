import type { Schema } from "@tiptap/pm/model";
import * as Y from "yjs";
import { bindingStats, setRandom } from "../binding/index";
import { Anchors, isCaretBehind } from "./anchors";
import { divergences, editorProblems } from "./checks";
import { Clock } from "./clock";
import { Comments } from "./comments";
import { type Effect, Ledger, seenBy, type Snapshot } from "./ledger";
import { type Mode, MODES, type ModeName } from "./modes";
import { Network } from "./network";
import { type Kind, OPERATIONS } from "./operations/index";
import type { Actor } from "./operations/operation";
import { emptyOutcome, type Outcome } from "./outcome";
import { Person } from "./person";
import { shown } from "./pieces";
import { Places } from "./places";
import { mix, Random } from "./random";
import { startingDocument } from "./start";
import { tornWords } from "./torn";

export interface SessionSetup {
  readonly seed: number;
  readonly mode: ModeName;
  readonly people?: number | undefined;
  /** How likely a person is offline for a while; the mode's own where it is not given. */
  readonly offline?: number | undefined;
  /** Operations to leave out, by their number: what the rest does stays the same. */
  readonly without?: ReadonlySet<number> | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

/** One thing that one person will do. */
interface Step {
  readonly number: number;
  readonly person: number;
  readonly time: number;
  readonly kind: Kind;
}

/** How often a person keeps a place in the text, to look it up at the end. */
const ANCHOR_SHARE = 0.2;
/** How often a person comments before they do something, and how often news of comments reaches a page. */
const COMMENT_SHARE = 0.1;
const NEWS_SHARE = 0.1;
/** A person who is still typing looks again after this time. */
const BUSY_MS = 60;

/** One session: people write one text at once, everything that they write is accounted for. */
export class Session {
  readonly people: Person[] = [];
  readonly outcome: Outcome;
  readonly #clock = new Clock();
  readonly #ledger = new Ledger();
  readonly #anchors = new Anchors();
  readonly #comments = new Comments();
  readonly #network: Network;
  readonly #mode: Mode;
  readonly #places: Places;
  readonly #count: number;
  readonly #typed: string[][] = [];
  #fresh: string[] = [];

  constructor(
    private readonly setup: SessionSetup,
    private readonly schema: Schema,
  ) {
    this.#mode = MODES[setup.mode];
    this.#count = setup.people ?? peopleOf(setup.seed);
    this.#places = new Places(this.#count, this.#mode.ownShare);
    this.#network = new Network(this.#clock, setup.seed, (error) => this.#failed("a change of somebody else", error));
    this.outcome = emptyOutcome(setup.mode);
  }

  run(): Outcome {
    setRandom(new Random(this.setup.seed, 0x1d5).next);
    try {
      this.#begin();
      for (const step of this.#plan()) this.#clock.at(step.time, () => this.#take(step));
      this.#planOffline();
      this.#clock.run();
      this.#check();
    } catch (error) {
      this.#failed("the session", error);
    } finally {
      for (const person of this.people) person.destroy();
    }
    return this.outcome;
  }

  #begin(): void {
    const random = new Random(this.setup.seed, 1);
    const blocks = this.#mode.blocks[0] + random.below(this.#mode.blocks[1] - this.#mode.blocks[0] + 1);
    for (let index = 0; index < this.#count; index++) {
      const ydoc = new Y.Doc();
      ydoc.clientID = 1000 + random.below(1e6) * 10 + index;
      const [first] = this.people;
      if (first) Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(first.ydoc));
      this.people.push(new Person(index, ydoc, this.schema, this.#clock));
      if (!first) this.#writeStart(random, blocks);
    }
    for (const { ydoc } of this.people) this.#network.join(ydoc);
  }

  #writeStart(random: Random, blocks: number): void {
    const [first] = this.people;
    if (!first) return;
    const { content } = startingDocument(this.schema, random, blocks);
    first.dispatch(first.state.tr.replaceWith(0, first.state.doc.content.size, content));
    first.undo.clear();
    const after = snapshot(first);
    for (const piece of after.shown.keys()) this.#ledger.write(piece, first.ydoc.clientID, after);
  }

  #plan(): Step[] {
    const steps: Step[] = [];
    for (let person = 0; person < this.#count; person++) {
      const random = new Random(this.setup.seed, 2, person);
      let time = random.between(0, this.#mode.pauseMs);
      for (let index = 0; index < this.#mode.operations; index++) {
        steps.push({ number: steps.length, person, time, kind: random.weighted<Kind>(this.#mode.weights) });
        time += this.#mode.pauseMs * random.between(0.3, 1.7);
      }
    }
    return steps.filter(({ number }) => !this.setup.without?.has(number));
  }

  #planOffline(): void {
    const span = this.#mode.operations * this.#mode.pauseMs;
    for (let person = 0; person < this.#count; person++) {
      const random = new Random(this.setup.seed, 3, person);
      if (!random.chance(this.setup.offline ?? this.#mode.offline)) continue;
      const start = span * random.between(0, 0.7);
      const end = start + span * random.between(0.1, 0.5);
      const asOne = random.chance(0.5);
      this.#clock.at(start, () => this.#network.disconnect(person));
      this.#clock.at(end, () => this.#network.reconnect(person, asOne));
      this.#trace(`${letter(person)} is offline from ${start.toFixed(0)} to ${end.toFixed(0)} ms`);
    }
  }

  #take(step: Step): void {
    const person = this.people[step.person];
    if (!person) return;
    if (person.isBusy) {
      this.#clock.after(BUSY_MS, () => this.#take(step));
      return;
    }
    const { effect, run } = OPERATIONS[step.kind];
    const actor = new SessionActor(this, step, person);
    this.outcome.operations++;
    this.#comment(person, new Random(this.setup.seed, 5, step.number));
    this.act(actor, effect, () => {
      this.#keepPlace(actor);
      run(actor);
    });
  }

  /** Let a person do something, and account for what it did. */
  act(actor: SessionActor, effect: Effect, run: () => void): void {
    const { person } = actor;
    const before = snapshot(person);
    this.#fresh = [];
    try {
      run();
    } catch (error) {
      this.#failed(`#${actor.step.number} ${actor.step.kind} of ${person.letter}`, error);
    }
    const after = snapshot(person);
    this.#trace(`${this.#clock.now.toFixed(0).padStart(6)} #${actor.step.number} ${person.letter} ${actor.step.kind} ${actor.words}`);
    this.#ledger.compare(person.ydoc.clientID, effect, before, after, `#${actor.step.number} ${actor.step.kind} of ${person.letter}`);
    for (const piece of this.#fresh) this.#ledger.write(piece, person.ydoc.clientID, after);
  }

  wrote(piece: string): void {
    this.#fresh.push(piece);
  }

  placesOf(): Places {
    return this.#places;
  }

  randomOf({ number }: Step): Random {
    return new Random(this.setup.seed, 4, number);
  }

  later(actor: SessionActor, milliseconds: number, effect: Effect, rest: () => void): void {
    actor.person.isBusy = true;
    this.#clock.after(milliseconds, () => {
      actor.person.isBusy = false;
      this.act(actor, effect, rest);
    });
  }

  startWord(name: string): void {
    this.#typed.push([`${name}x`, `${name}y`, `${name}z`]);
  }

  expectCaretBehind(person: Person, piece: string): void {
    if (!this.#ledger.isUntouched(piece) || isCaretBehind(person, piece)) return;
    this.outcome.problems.misplaced.push(`The caret of ${person.letter} is no longer behind ${piece}.`);
  }

  #keepPlace({ person, random }: SessionActor): void {
    if (random.chance(ANCHOR_SHARE)) this.#anchors.set(person, random);
  }

  #comment(person: Person, random: Random): void {
    if (random.chance(COMMENT_SHARE)) this.#comments.make(person, random);
    if (random.chance(NEWS_SHARE)) this.#comments.follow(person);
  }

  #check(): void {
    const { problems } = this.outcome;
    const [first] = this.people;
    if (!first) return;
    const texts = shown(first.state.doc);
    const { faults, open, copies } = this.#ledger.close(texts);
    for (const { kind, piece, why } of faults) problems[kind].push(`${piece}: ${why}`);
    problems.diverged.push(...divergences(this.people));
    problems.torn.push(...tornWords(first.state.doc, this.#typed, texts));
    for (const person of this.people) {
      problems.invalid.push(...editorProblems(person));
      problems.misplaced.push(...this.#anchors.problems(person, this.#ledger));
      problems.strayed.push(...this.#comments.problems(person, this.outcome.fates));
      const { errors, mismatches } = bindingStats(person.state);
      if (errors) problems.exceptions.push(`${person.letter}: the binding caught ${errors} exceptions`);
      this.outcome.mismatches += mismatches;
    }
    Object.assign(this.outcome, { pieces: this.#ledger.size, open, copies: copies.length });
    if (copies.length) this.#trace(`Brought back by several people: ${copies.join(" ")}`);
  }

  #failed(where: string, error: unknown): void {
    this.outcome.problems.exceptions.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  #trace(line: string): void {
    this.setup.trace?.(line);
  }
}

/** A person while they do one thing. */
class SessionActor implements Actor {
  readonly random: Random;
  readonly places: Places;
  words = "";

  constructor(
    private readonly session: Session,
    readonly step: Step,
    readonly person: Person,
  ) {
    this.random = session.randomOf(step);
    this.places = session.placesOf();
  }

  name(): string {
    return `${this.person.letter}${this.step.number}`;
  }

  startWord(name: string): void {
    this.session.startWord(name);
  }

  wrote(piece: string): void {
    this.session.wrote(piece);
  }

  later(milliseconds: number, effect: Effect, rest: () => void): void {
    this.session.later(this, milliseconds, effect, rest);
  }

  expectCaretBehind(piece: string): void {
    this.session.expectCaretBehind(this.person, piece);
  }

  note(words: string): void {
    this.words = words;
  }
}

function snapshot({ state, stored, ydoc, deleted }: Person): Snapshot {
  return { shown: shown(state.doc), stored: stored.places(), seen: seenBy(ydoc), deleted };
}

function letter(person: number): string {
  return "ABCDEFGH"[person] ?? "Z";
}

/** Mostly two or three people, now and then four or five. */
export function peopleOf(seed: number): number {
  const random = new Random(mix(seed, 0xb0d7));
  return random.chance(0.8) ? 2 + random.below(2) : 4 + random.below(2);
}
