// One person's socket in one room, in Hocuspocus's dialect (also ours) or in that of y-websocket.
import { buffer, frame, open, readUint, string, uint } from "./frames.mjs";

const SYNC = 0;
const AUTH = 2;
const STATUS = 8;
const [STEP1, STEP2, UPDATE] = [0, 1, 2];
const VERSION = "4.8.0";

export class Client {
  #socket;
  #prefix;
  #unacknowledged = [];
  #synced;
  #stop;
  #isReady = false;
  received = 0;
  /** Nobody else writes: every update is one's own come back, in whatever words. */
  isAlone = false;
  /** Called with each update that comes, which is to be copied if it is kept. Whoever does not set it is only counted. */
  onUpdate;
  /** Called with the time at which an edit was sent, once it is acknowledged (y-websocket: echoed). */
  onAcknowledged = () => {};

  constructor(dialect, place) {
    this.isNamed = dialect === "hocuspocus";
    this.place = place;
    this.#prefix = this.isNamed ? string(place.name) : Buffer.alloc(0);
  }

  /** Sign on and exchange texts; resolves to how long it took until the text was there, in ms, and its size. */
  async join() {
    const began = performance.now();
    const synced = new Promise((resolve, reject) => {
      this.#synced = resolve;
      this.#stop = reject;
    });
    synced.catch(() => {});
    await open(this.place, {
      opened: (socket) => (this.#socket = socket),
      heard: (data, start, stop) => this.#hear(data, start, stop),
      ended: (why) => this.#ended(why),
    });
    if (this.isNamed) this.#say(Buffer.from([AUTH, 0]), string(this.place.token), string(VERSION));
    this.#say(Buffer.from([SYNC, STEP1]), buffer(Buffer.from([0])));
    const size = await synced;
    return { ms: performance.now() - began, size };
  }

  get waiting() {
    return this.#unacknowledged.length;
  }

  /** Send an edit. `id` is that of its Yjs client, by which y-websocket's echo is known. */
  send(update, id) {
    this.#unacknowledged.push({ at: performance.now(), id });
    this.#say(Buffer.from([SYNC, UPDATE]), uint(update.length), update);
  }

  end() {
    this.#stop = undefined;
    this.#socket?.destroy();
  }

  #say(...pieces) {
    this.#socket.write(frame([this.#prefix, ...pieces]));
  }

  #ended(why) {
    if (!this.#stop) return;
    this.#stop(new Error(why));
    if (this.#isReady) throw new Error(`A socket ended during the measurement: ${why}`);
  }

  #hear(data, start, stop) {
    this.received += stop - start;
    const at = start + this.#prefix.length;
    const kind = data[at];
    if (kind === SYNC) this.#heardSync(data, at + 1, stop);
    else if (kind === STATUS) this.#heardStatus(data[at + 1]);
    else if (kind === AUTH && data[at + 1] === 1) this.#ended(`the server refused ${this.place.name}`);
  }

  #heardSync(data, at, stop) {
    if (data[at] === UPDATE) this.#heardUpdate(data, at + 1, stop);
    else if (data[at] === STEP1) {
      this.#say(Buffer.from([SYNC, STEP2]), buffer(Buffer.from([0, 0])));
      if (this.isNamed) this.#unacknowledged.push({ at: 0 });
    } else {
      this.#isReady = true;
      this.#synced(stop - at - 1);
    }
  }

  #heardUpdate(data, at, stop) {
    const isNeeded = !this.isNamed && this.#unacknowledged.length;
    if (!isNeeded && !this.onUpdate) return;
    const [, from] = readUint(data, at);
    const update = data.subarray(from, stop);
    if (isNeeded && (this.isAlone || authorOf(update) === this.#unacknowledged[0].id)) this.#acknowledge();
    this.onUpdate?.(update);
  }

  #heardStatus(saved) {
    if (saved !== 1) throw new Error("The server refused an edit.");
    this.#acknowledge();
  }

  #acknowledge() {
    const { at } = this.#unacknowledged.shift();
    if (at) this.onAcknowledged(at);
  }
}

/** The Yjs client that wrote an update or, where it only deletes, whose text it deletes. */
export function authorOf(update) {
  const [clients, behind] = readUint(update, 0);
  const [, at] = readUint(update, behind);
  return clients ? readUint(update, at)[0] : readUint(update, behind + 1)[0];
}
