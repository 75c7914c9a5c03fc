// One person's socket in one room, in Hocuspocus's dialect (also ours) or in that of y-websocket.
import { buffer, frame, open, readUint, string } from "./frames.mjs";

const SYNC = 0;
const AUTH = 2;
const STATUS = 8;

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
  /** Called with the update in each message that carries one. */
  onUpdate = () => {};
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
    await open(this.place, { opened: (socket) => (this.#socket = socket), heard: (message) => this.#hear(message), ended: (why) => this.#ended(why) });
    if (this.isNamed) this.#say(Buffer.concat([Buffer.from([AUTH, 0]), string(this.place.token), string("4.8.0")]));
    this.#say(Buffer.concat([Buffer.from([SYNC, 0]), buffer(Buffer.from([0]))]));
    const size = await synced;
    return { ms: performance.now() - began, size };
  }

  get waiting() {
    return this.#unacknowledged.length;
  }

  send(update) {
    const body = Buffer.concat([Buffer.from([SYNC, 2]), buffer(update)]);
    this.#unacknowledged.push({ at: performance.now(), body: this.isNamed ? null : body });
    this.#say(body);
  }

  end() {
    this.#stop = undefined;
    this.#socket?.destroy();
  }

  #say(body) {
    this.#socket.write(frame(Buffer.concat([this.#prefix, body])));
  }

  #ended(why) {
    if (!this.#stop) return;
    this.#stop(new Error(why));
    if (this.#isReady) throw new Error(`A socket ended during the measurement: ${why}`);
  }

  #hear(message) {
    this.received += message.length;
    const at = this.#prefix.length;
    const kind = message[at];
    if (kind === STATUS) this.#heardStatus(message[at + 1]);
    else if (kind === AUTH && message[at + 1] === 1) this.#ended(`the server refused ${this.place.name}`);
    else if (kind === SYNC) this.#heardSync(message, at);
  }

  #heardSync(message, at) {
    if (message[at + 1] === 0) {
      this.#say(Buffer.concat([Buffer.from([SYNC, 1]), buffer(Buffer.from([0, 0]))]));
      if (this.isNamed) this.#unacknowledged.push({ at: 0, body: null });
      return;
    }
    const [, from] = readUint(message, at + 2);
    if (message[at + 1] === 1) {
      this.#isReady = true;
      this.#synced(message.length);
      return;
    }
    if (!this.isNamed && (this.isAlone || this.#unacknowledged[0]?.body.equals(message))) this.#acknowledge();
    this.onUpdate(message.subarray(from));
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

