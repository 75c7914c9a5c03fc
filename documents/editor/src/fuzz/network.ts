import * as Y from "yjs";
import type { Clock } from "./clock";
import { mix, Random } from "./random";

/** The origin of what came from somebody else. */
export const REMOTE = "network";

const DELAY_MS: readonly [number, number] = [50, 200];

interface Peer {
  readonly ydoc: Y.Doc;
  /** When the last message to each other peer arrives: messages do not overtake each other. */
  readonly arrivals: Map<Peer, number>;
  /** What waits while this peer is offline; null while it is online. */
  outbox: Uint8Array[] | null;
  readonly inbox: Uint8Array[];
  readonly index: number;
}

/**
 * Carries updates between the people of a session. Every message has its own delay, in order for each pair; the delay
 * depends on seed, pair and time only, so that a session with fewer operations keeps the rest of its timing.
 */
export class Network {
  readonly #peers: Peer[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly seed: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  join(ydoc: Y.Doc): void {
    const peer: Peer = { ydoc, arrivals: new Map(), outbox: null, inbox: [], index: this.#peers.length };
    this.#peers.push(peer);
    ydoc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return;
      if (peer.outbox) peer.outbox.push(update);
      else this.#send(peer, update);
    });
  }

  disconnect(index: number): void {
    const peer = this.#peers[index];
    if (peer) peer.outbox ??= [];
  }

  /** What waited goes out and comes in: one by one, or as the one difference that a real provider asks for. */
  reconnect(index: number, asOne: boolean): void {
    const peer = this.#peers[index];
    if (!peer?.outbox) return;
    const out = merged(peer.outbox, asOne);
    const waiting = merged(peer.inbox, asOne);
    peer.outbox = null;
    peer.inbox.length = 0;
    for (const update of waiting) this.#deliver(peer, update);
    for (const update of out) this.#send(peer, update);
  }

  #send(from: Peer, update: Uint8Array): void {
    for (const to of this.#peers) {
      if (to === from) continue;
      const delay = new Random(this.seed, mix(from.index, to.index), Math.round(this.clock.now * 16)).between(...DELAY_MS);
      const arrival = Math.max(this.clock.now + delay, from.arrivals.get(to) ?? 0);
      from.arrivals.set(to, arrival);
      this.clock.at(arrival, () => this.#deliver(to, update));
    }
  }

  #deliver(to: Peer, update: Uint8Array): void {
    if (to.outbox) {
      to.inbox.push(update);
      return;
    }
    try {
      Y.applyUpdate(to.ydoc, update, REMOTE);
    } catch (error) {
      this.failed(error);
    }
  }
}

function merged(updates: readonly Uint8Array[], asOne: boolean): Uint8Array[] {
  return asOne && updates.length > 1 ? [Y.mergeUpdates([...updates])] : [...updates];
}
