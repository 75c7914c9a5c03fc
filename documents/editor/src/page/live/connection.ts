import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { keepMarkers, MADE_FOR_US } from "../../binding/index";
import { type Ending, afterClose, afterRefusal, waitBefore } from "./endings";
import { type ReportSocket, SectionProvider } from "./provider";
import type { TokenSource } from "./token";

export interface ConnectionEvents {
  /** The server let the section in; `mayWrite` is what the person may do from now on. */
  joined(mayWrite: boolean): void;
  /** The text is here. */
  synced(): void;
  /** The server says something about this section. */
  told(words: string): void;
  /** How much waits to be saved has changed. */
  progressed(): void;
  /** The section cannot go on as it is. */
  ended(ending: Ending): void;
}

const TOO_BIG = 1009;
const BIG_BYTES = 1024 * 1024;

/** A section's document and its way to the server: joins, joins again, and knows what is not saved. */
export class SectionConnection {
  readonly ydoc = new Y.Doc();
  readonly awareness: Awareness;
  readonly #provider: SectionProvider;
  #pending: Uint8Array[] = [];
  #attempts = 0;
  #refusals = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: ReportSocket,
    private readonly name: string,
    private readonly tokens: TokenSource,
    private readonly events: ConnectionEvents,
  ) {
    keepMarkers(this.ydoc);
    this.#provider = this.#makeProvider();
    this.awareness = this.#provider.awareness as Awareness;
    // A person is present in one section at a time, so that a long report does not multiply the messages.
    this.awareness.setLocalState(null);
    this.ydoc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#provider && origin !== MADE_FOR_US) this.#note(update);
    });
  }

  get isSettled(): boolean {
    return this.#provider.isSettled;
  }

  /** Edits of this page that the server has not acknowledged. */
  get pending(): readonly Uint8Array[] {
    return this.#pending;
  }

  /** Take in nothing from others before this is done. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    return this.#provider.hold(work);
  }

  join(): void {
    this.#provider.attach();
  }

  /** Exchange nothing until `join` is called again; what is written meanwhile waits. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#provider.detach();
  }

  /** Be seen in this section, or no longer. */
  setPresent(present: boolean): void {
    if (present === (this.awareness.getLocalState() !== null)) return;
    this.awareness.setLocalState(present ? { cursor: null } : null);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#provider.destroy();
    this.ydoc.destroy();
  }

  #makeProvider(): SectionProvider {
    const provider = new SectionProvider({
      websocketProvider: this.socket,
      name: this.name,
      document: this.ydoc,
      token: () => this.tokens.get(),
    });
    provider.on("authenticated", ({ scope }: { scope: string }) => this.#joined(scope));
    provider.on("authenticationFailed", ({ reason }: { reason: string }) => this.#refused(reason));
    provider.on("synced", () => this.events.synced());
    provider.on("stateless", ({ payload }: { payload: string }) => this.events.told(payload));
    provider.on("unsyncedChanges", () => this.#progressed());
    provider.on("close", ({ event }: { event: { code: number; reason: string } }) => this.#closed(event));
    return provider;
  }

  #note(update: Uint8Array): void {
    this.#pending.push(update);
    this.events.progressed();
  }

  #progressed(): void {
    if (this.isSettled) {
      this.#pending = [];
      this.#attempts = 0;
    }
    this.events.progressed();
  }

  #joined(scope: string): void {
    this.#refusals = 0;
    this.events.joined(scope === "read-write");
  }

  #refused(reason: string): void {
    const ending = afterRefusal(reason, this.tokens.problem, this.#refusals === 0);
    this.#refusals += 1;
    this.#follow(ending);
  }

  #closed({ code, reason }: { code: number; reason: string }): void {
    // 1000 closes this section; other codes are the socket's, which comes back by itself. But it would close again for
    // ever over an edit that is too big for it.
    if (code === TOO_BIG && this.#pendingBytes() > BIG_BYTES) this.#follow(afterClose("too-big"));
    else if (code === 1000 && this.#provider.isAttached) this.#follow(afterClose(reason));
  }

  #pendingBytes(): number {
    return this.#pending.reduce((sum, update) => sum + update.byteLength, 0);
  }

  #follow(ending: Ending): void {
    if (ending.then === "ignore") return;
    if (ending.then === "rejoin") {
      this.#rejoin(ending.renew, ending.slowly);
      if (ending.why) this.events.ended(ending);
    } else {
      this.events.ended(ending);
    }
    this.events.progressed();
  }

  #rejoin(renew: boolean, slowly: boolean): void {
    // Detached, nothing goes out that the server could acknowledge before the text is exchanged anew.
    this.#provider.detach();
    if (renew) this.tokens.expire();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.join(), waitBefore(this.#attempts, slowly));
    this.#attempts += 1;
  }
}
