import type { Editor, Extension } from "@tiptap/core";
import type { Level, SectionConfig } from "../config";
import { el } from "../dom";
import type { PasteHandlers } from "../paste/extension";
import { personOf, type PresentSomewhere } from "../status/presence";
import { CAN } from "../words";
import { SectionConnection } from "./connection";
import { makeEditor } from "./editor";
import type { Ending, KeptWhy } from "./endings";
import { FirstPress } from "./first_press";
import type { Kept } from "./kept";
import type { Direction } from "./keys";
import { NotesList } from "./notes_list";
import type { ReportSocket } from "./provider";
import type { TokenSource } from "./token";
import { wordsOf } from "./unsaved";

/** What a section needs from the page around it. */
export interface SectionHost {
  readonly socket: ReportSocket;
  readonly tokens: TokenSource;
  readonly kept: Kept;
  readonly hintId: string;
  progressed(): void;
  changed(section: LiveSection): void;
  focused(section: LiveSection): void;
  presenceChanged(): void;
  /** What comments add to the editor of this section. */
  comments(section: LiveSection): Extension;
  /** The server says something about a section, in JSON. */
  told(words: string): void;
  announce(words: string): void;
  /** The report was frozen while the page was open. */
  frozen(): void;
  signedOut(): void;
  leave(section: LiveSection, direction: Direction, x: number | null): boolean;
  readonly paste: (section: LiveSection) => PasteHandlers;
  readonly dialogs: {
    link(editor: Editor): void;
    footnote(editor: Editor, position: number): void;
  };
}

const WRITING_MS = 60_000;

/** One section of the report: server-rendered text until it is reached, then a live editor. */
export class LiveSection {
  level: Level;
  editor: Editor | null = null;
  #connection: SectionConnection | null = null;
  /** The connection whose text the editor shows. */
  #shown: SectionConnection | null = null;
  #isReached = false;
  #isSynced = false;
  #isStopped = false;
  #isSignedOut = false;
  #isFull = false;
  #onMount: ((editor: Editor) => void) | null = null;
  readonly #press: FirstPress;
  readonly #notes = new NotesList();
  readonly #wroteAt = new Map<number, number>();
  readonly #heading: string;

  constructor(
    readonly config: SectionConfig,
    readonly root: HTMLElement,
    readonly body: HTMLElement,
    private readonly host: SectionHost,
  ) {
    this.level = config.level;
    this.#heading = root.getAttribute("aria-labelledby") ?? "";
    // Until the editor stands here, the text itself can be reached with the keyboard.
    body.tabIndex = 0;
    body.addEventListener("focusin", () => this.reach());
    this.#press = new FirstPress(body, () => this.editor !== null);
  }

  get mayWrite(): boolean {
    return this.level === "write" && !this.#isStopped && !this.#isSignedOut;
  }

  get mayComment(): boolean {
    return this.level !== "read" && !this.#isStopped && !this.#isSignedOut;
  }

  get isOpen(): boolean {
    return this.#connection !== null;
  }

  get isSettled(): boolean {
    return this.#isStopped || (this.#connection?.isSettled ?? true);
  }

  /** How many edits the server has not acknowledged. */
  get waiting(): number {
    return this.#isStopped ? 0 : (this.#connection?.pending.length ?? 0);
  }

  /** Whether the section is open and its text has come, or will not come. */
  get isReady(): boolean {
    return this.#isSynced || this.#isStopped;
  }

  /** Connect to the server, without an editor yet. */
  open(): void {
    if (this.#connection || this.#isStopped) return;
    this.#connection = this.#connect();
    this.#connection.join();
  }

  /** Make the section live as soon as its text has come; `then` is called with the editor. */
  reach(then?: (editor: Editor) => void): void {
    if (this.editor && then) return then(this.editor);
    this.#isReached = true;
    if (then) this.#onMount = then;
    this.open();
    this.#mountIfReady();
  }

  /** Take in nothing from others before this is done. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    return this.#connection?.hold(work) ?? work();
  }

  setPresent(present: boolean): void {
    this.#connection?.setPresent(present && !this.#isStopped);
  }

  /** Try again after the person has signed in. */
  retry(): void {
    if (this.#isSignedOut) this.#connection?.join();
  }

  /** Everybody in this section, this person included. */
  *present(): Generator<PresentSomewhere> {
    const states = this.#connection?.awareness.getStates() ?? new Map<number, object>();
    for (const [client, state] of states) {
      const person = personOf(state);
      const wrote = Date.now() - (this.#wroteAt.get(client) ?? 0) < WRITING_MS;
      if (person) yield { ...person, section: this.config.title, isWriting: wrote };
    }
  }

  #connect(): SectionConnection {
    const connection = new SectionConnection(this.host.socket, this.config.document, this.host.tokens, {
      joined: (mayWrite) => this.#joined(mayWrite),
      synced: () => {
        this.#isSynced = true;
        this.#mountIfReady();
        this.host.progressed();
      },
      progressed: () => this.host.progressed(),
      told: (words) => this.host.told(words),
      ended: (ending) => this.#ended(ending),
    });
    connection.awareness.on("change", () => this.host.presenceChanged());
    connection.ydoc.on("afterTransaction", ({ afterState, beforeState }) => {
      for (const [client, now] of afterState) {
        if (now > (beforeState.get(client) ?? 0) && beforeState.size) this.#wroteAt.set(client, Date.now());
      }
    });
    return connection;
  }

  #mountIfReady(): void {
    const connection = this.#connection;
    if (!this.#isReached || !this.#isSynced || this.#isStopped || !connection) return;
    // A connection that joins again finds its editor in place; a new one needs a new editor.
    if (this.#shown === connection) return;
    this.#shown = connection;
    const old = this.editor;
    const hadFocus = this.body.contains(document.activeElement);
    this.editor = this.#makeEditor(connection);
    this.body.replaceChildren(this.editor.options.element as HTMLElement, this.#notes.element);
    old?.destroy();
    this.body.removeAttribute("tabindex");
    this.#notes.show(this.editor);
    if (hadFocus) this.#press.takeFocus(this.editor);
    this.#onMount?.(this.editor);
    this.#onMount = null;
    this.host.changed(this);
  }

  #makeEditor(connection: SectionConnection): Editor {
    const { host } = this;
    return makeEditor({
      connection,
      headingId: this.#heading,
      hintId: host.hintId,
      mayWrite: () => this.mayWrite,
      mayComment: () => this.mayComment,
      comments: host.comments(this),
      keys: {
        leave: (direction, x) => host.leave(this, direction, x),
        editLink: () => this.editor && host.dialogs.link(this.editor),
      },
      paste: host.paste(this),
      onChange: () => this.#changed(),
      onFocus: () => host.focused(this),
      onFootnote: (position) => this.editor && host.dialogs.footnote(this.editor, position),
    });
  }

  #changed(): void {
    if (this.editor) this.#notes.show(this.editor);
    this.host.changed(this);
  }

  #joined(mayWrite: boolean): void {
    const before = this.level;
    const isBack = this.#isSignedOut || this.#isFull;
    this.#isSignedOut = this.#isFull = false;
    this.#setLevel(mayWrite ? "write" : before === "write" ? "read" : before);
    if (before === "write" && !mayWrite) this.#lost();
    else if (before !== "write" && mayWrite) this.#gained();
    else if (isBack) this.#clearNotice();
  }

  #lost(): void {
    if (this.#connection?.pending.length) this.#startOver("read-only");
    else this.host.kept.show(this.body, "read-only", "");
  }

  #gained(): void {
    this.#clearNotice();
    this.host.announce(`Your access changed. You can now write in ${this.config.title}.`);
  }

  #clearNotice(): void {
    this.body.parentElement?.querySelector(":scope > [data-kept-notice]")?.remove();
  }

  #ended(ending: Ending): void {
    if (ending.then === "start-over") {
      if (ending.why === "frozen") {
        this.#setLevel("read");
        this.host.frozen();
      }
      this.#startOver(ending.why);
    } else if (ending.then === "stop") {
      this.#stop(ending.why);
    } else if (ending.then === "rejoin" && ending.why) {
      this.#isFull = true;
      this.host.kept.show(this.body, ending.why, "");
    }
  }

  /** Go on from the server's text. What it did not take is shown beside, so that nothing a person typed vanishes. */
  #startOver(why: KeptWhy): void {
    const pending = this.#connection?.pending ?? [];
    if (pending.length || why !== "frozen") this.host.kept.show(this.body, why, wordsOf(pending));
    this.editor?.setEditable(false, false);
    this.#connection?.leave();
    this.#connection = null;
    this.#isSynced = false;
    this.open();
    this.host.changed(this);
  }

  #stop(why: KeptWhy): void {
    this.#connection?.pause();
    if (why === "signed-out") {
      this.#isSignedOut = true;
      this.editor?.setEditable(false, false);
      this.host.signedOut();
      return;
    }
    this.host.kept.show(this.body, why, wordsOf(this.#connection?.pending ?? []));
    this.#isStopped = true;
    this.#setLevel("read");
    this.#connection?.leave();
    this.#connection = null;
    if (why === "no-access") this.#hideText();
    this.host.changed(this);
    this.host.presenceChanged();
  }

  /** Whoever may no longer read a section does not go on seeing it. */
  #hideText(): void {
    this.editor?.destroy();
    this.editor = null;
    this.body.replaceChildren(el("p", { class: "jrp-soft" }, "The text of this section is no longer shown to you."));
    this.root.querySelector(".ed-who")?.remove();
  }

  #setLevel(level: Level): void {
    const isChange = level !== this.level;
    this.level = level;
    this.editor?.setEditable(this.mayComment, false);
    if (!isChange) return;
    this.root.dataset["level"] = level;
    this.root.classList.toggle("ed-sec--write", level === "write");
    this.root.classList.toggle("ed-sec--read", level !== "write");
    this.root.querySelector(".ed-who > p > b")?.replaceChildren(CAN[level]);
    this.host.changed(this);
  }
}
