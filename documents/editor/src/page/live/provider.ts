import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { MADE_FOR_US } from "../../binding/index";

const OPEN = 1;
/** For longer than this nobody else's words wait, whatever the server is doing. */
const HELD_MS = 5_000;

/**
 * The page's one socket. What cannot be sent now is dropped instead of queued: joining again exchanges everything
 * that is missing, while a queue would be acknowledged out of turn and so show "Saved" too early.
 */
export class ReportSocket extends HocuspocusProviderWebsocket {
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState === OPEN) super.send(message);
  }

  /** Give up a connection that the browser still believes in, and make a new one. */
  drop(): void {
    this.emit("close", { event: { code: 4408, reason: "forced" } });
  }
}

/**
 * One section on that socket. Counts as unsaved exactly the messages that the server will acknowledge: an edit made
 * before the exchange has begun travels inside it and has no acknowledgement of its own.
 */
export class SectionProvider extends HocuspocusProvider {
  #begun = false;
  #holds = 0;
  #held: MessageEvent[] = [];

  override async onOpen(event: Event): Promise<void> {
    this.#begun = false;
    await super.onOpen(event);
  }

  override startSync(): void {
    this.#begun = true;
    super.startSync();
  }

  override authenticatedHandler(scope: string): void {
    this.#begun = true;
    super.authenticatedHandler(scope);
  }

  override onClose(): void {
    this.#begun = false;
    this.#held = [];
    super.onClose();
  }

  override detach(): void {
    this.#held = [];
    super.detach();
  }

  override onMessage(event: MessageEvent): void {
    if (this.#holds) this.#held.push(event);
    else super.onMessage(event);
  }

  /** Take nothing in before this is done: what it brings is then known to have come first. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#holds += 1;
    const working = work();
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([working, new Promise((enough) => (timer = setTimeout(enough, HELD_MS)))]);
    clearTimeout(timer);
    this.#holds -= 1;
    if (!this.#holds) for (const event of this.#held.splice(0)) super.onMessage(event);
    return working;
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    // What the server has made it has.
    if (this.#begun && origin !== MADE_FOR_US) super.documentUpdateHandler(update, origin);
  }

  /** Whether the server has everything that was ever written here. */
  get isSettled(): boolean {
    return this.#begun && this.isSynced && this.unsyncedChanges === 0;
  }
}
