import assert from "node:assert/strict";
import { after, test } from "node:test";
import { SectionConnection } from "./connection";
import type { Ending } from "./endings";
import { ReportSocket } from "./provider";
import { TokenSource } from "./token";

const NAME = "s";
const AUTH = 2;
const SYNC = 0;
const STEP_1 = [0, 1, 0];
const STEP_2_WITHOUT_NEWS = [1, 2, 0, 0];

/** A network in memory: the test plays the server. */
class Wire extends EventTarget {
  static last: Wire;
  readyState = 0;
  binaryType = "";
  readonly sent: Uint8Array[] = [];

  constructor() {
    super();
    Wire.last = this;
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  lose(): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code: 1006, reason: "" }));
  }

  /** A message of this type for the section. */
  say(type: number, ...body: number[]): void {
    const data = Uint8Array.from([NAME.length, NAME.charCodeAt(0), type, ...body]).buffer;
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** The text messages that the page sent: the second byte after the name tells updates (2) from exchanges (0, 1). */
  get syncKinds(): number[] {
    return this.sent.filter((bytes) => bytes[2] === SYNC).map((bytes) => bytes[3] ?? -1);
  }
}

const text = (words: string): number[] => [words.length, ...Buffer.from(words)];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const made: (() => void)[] = [];
after(() => made.forEach((end) => end()));

function page(tokens = new TokenSource("token", "/token/")) {
  const endings: Ending[] = [];
  const scopes: boolean[] = [];
  const socket = new ReportSocket({ url: "ws://portal.example", WebSocketPolyfill: Wire, delay: 1, minDelay: 1 });
  const connection = new SectionConnection(socket, NAME, tokens, {
    joined: (mayWrite) => scopes.push(mayWrite),
    synced: () => undefined,
    progressed: () => undefined, told: () => undefined,
    ended: (ending) => endings.push(ending),
  });
  made.push(() => {
    connection.leave();
    socket.destroy();
  });
  connection.join();
  const write = (words: string): void => connection.ydoc.getText("default").insert(0, words);
  return { connection, endings, scopes, write };
}

/** The server lets the section in and exchanges the text. */
function admit(wire: Wire, scope = "read-write"): void {
  wire.say(AUTH, 2, ...text(scope));
  wire.say(SYNC, ...STEP_2_WITHOUT_NEWS);
  wire.say(SYNC, ...STEP_1);
}

const acknowledge = (wire: Wire): void => wire.say(8, 1);

async function open(): Promise<Wire> {
  await turn();
  const wire = Wire.last;
  wire.open();
  await turn();
  return wire;
}

test("nothing is saved before the exchange is acknowledged", async () => {
  const { connection } = page();
  const wire = await open();

  admit(wire);
  assert.equal(connection.isSettled, false);

  acknowledge(wire);
  assert.equal(connection.isSettled, true);
});

test("each edit waits for its own acknowledgement", async () => {
  const { connection, write } = page();
  const wire = await open();
  admit(wire);
  acknowledge(wire);

  write("a");
  write("b");
  acknowledge(wire);
  assert.equal(connection.isSettled, false);
  assert.equal(connection.pending.length, 2);

  acknowledge(wire);
  assert.equal(connection.isSettled, true);
  assert.equal(connection.pending.length, 0);
});

test("an edit during the exchange is not saved by the acknowledgement of the exchange", async () => {
  const { connection, write } = page();
  const wire = await open();
  write("early");
  admit(wire);

  acknowledge(wire);
  assert.equal(connection.isSettled, false);

  acknowledge(wire);
  assert.equal(connection.isSettled, true);
});

test("edits from before the connection travel in the exchange, and in nothing else", async () => {
  const { connection, write } = page();
  write("offline");
  write("more");
  const wire = await open();

  admit(wire);
  assert.deepEqual(wire.syncKinds, [0, 1]);
  assert.equal(connection.isSettled, false);

  acknowledge(wire);
  assert.equal(connection.isSettled, true);
});

test("a lost connection takes the promise back; edits are sent once after it", async () => {
  const { connection, write } = page();
  const first = await open();
  admit(first);
  acknowledge(first);

  first.lose();
  write("offline");
  assert.equal(connection.isSettled, false);
  while (Wire.last === first) await turn();
  const second = await open();
  admit(second);

  assert.deepEqual(second.syncKinds, [0, 1]);
  assert.equal(connection.pending.length, 1);
  acknowledge(second);
  assert.equal(connection.isSettled, true);
});

test("an edit while the token is fetched is not sent beside the exchange", async () => {
  let answer = (_: Response): void => undefined;
  const request = (): Promise<Response> => new Promise((resolve) => (answer = resolve));
  const tokens = new TokenSource("old", "/token/", Date.now, request);
  tokens.expire();
  const { connection, write } = page(tokens);
  const wire = await open();
  write("early");
  answer(Response.json({ token: "new" }));
  while (!wire.syncKinds.length) await turn();
  admit(wire);

  assert.deepEqual(wire.syncKinds, [0, 1]);
  assert.equal(connection.pending.length, 1);
  acknowledge(wire);
  assert.equal(connection.isSettled, true);
});

test("an edit while the socket closes is not sent beside the next exchange", async () => {
  const { write } = page();
  const first = await open();
  admit(first);
  acknowledge(first);
  first.close();
  write("late");
  first.lose();
  while (Wire.last === first) await turn();
  const second = await open();

  admit(second);

  assert.deepEqual(second.syncKinds, [0, 1]);
});

test("a refused edit stays pending", async () => {
  const { connection, write } = page();
  const wire = await open();
  admit(wire);
  acknowledge(wire);

  write("late");
  wire.say(8, 0);

  assert.equal(connection.isSettled, false);
  assert.equal(connection.pending.length, 1);
});

test("the server's closing and the level it gives reach the section", async () => {
  const { endings, scopes } = page();
  const wire = await open();
  admit(wire, "readonly");

  wire.say(7, ...text("section-deleted"));

  assert.deepEqual(scopes, [false]);
  assert.deepEqual(endings, [{ then: "stop", why: "section-deleted" }]);
});
