import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";

const OPEN = 1;

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
    super.onClose();
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    if (this.#begun) super.documentUpdateHandler(update, origin);
  }

  /** Whether the server has everything that was ever written here. */
  get isSettled(): boolean {
    return this.#begun && this.isSynced && this.unsyncedChanges === 0;
  }
}
