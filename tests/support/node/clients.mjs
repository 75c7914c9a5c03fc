// Real clients of live editing: the unmodified provider, steered by one JSON command a line on standard input.
import { createInterface } from "node:readline";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

const clients = new Map();
const STEP_MS = 10;
const RETURN_MS = 300;

/** One that may be ended while it connects: by then nobody listens for the error of that. */
class Socket extends WebSocket {
  constructor(...given) {
    super(...given);
    this.on("error", () => undefined);
  }
}

class Client {
  sections = new Map();
  events = [];

  constructor({ url, token }) {
    this.token = token;
    const quick = { delay: 100, minDelay: 100, maxDelay: 400, jitter: false };
    this.socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: Socket, ...quick });
    this.socket.on("close", ({ event }) => this.note("*", "socket-closed", `${event.code} ${event.reason}`));
  }

  note(section, event, detail) {
    this.events.push({ section, event, detail });
  }

  // `returns`: as a page does, open the section again when it is closed because nothing can be saved.
  open({ section, name, sessionAwareness = false, returns = false }) {
    const ydoc = new Y.Doc();
    const provider = new HocuspocusProvider({
      websocketProvider: this.socket,
      name,
      document: ydoc,
      token: () => this.token,
      sessionAwareness,
    });
    const text = ydoc.getText("text");
    const open = { openedAt: Date.now(), ydoc, provider, text, typed: [], acknowledged: 0, timer: null, isWhole: true };
    provider.on("authenticated", ({ scope }) => this.note(section, "authenticated", scope));
    provider.on("authenticationFailed", ({ reason }) => this.note(section, "refused", reason));
    provider.on("synced", () => this.note(section, "synced", ""));
    provider.on("close", ({ event }) => {
      open.isWhole = false;
      this.note(section, "closed", event.reason);
      if (returns && event.code === 1000 && event.reason === "not-saved") comeBack(open);
    });
    provider.on("unsyncedChanges", ({ number }) => {
      // Each letter is one message, and messages are acknowledged in order.
      if (open.isWhole && provider.isSynced) open.acknowledged = Math.max(open.acknowledged, open.typed.length - number);
    });
    this.sections.set(section, open);
    provider.attach();
  }
}

function type(open, text, at) {
  open.text.insert(at ?? open.text.length, text);
}

function comeBack(open) {
  open.provider.detach();
  setTimeout(() => open.isEnded || open.provider.attach(), RETURN_MS);
}

function startTyping(open, mark, everyMs) {
  open.typed = [];
  open.acknowledged = 0;
  open.isWhole = true;
  open.timer = setInterval(() => {
    const word = `~${mark}${open.typed.length};`;
    open.typed.push(word);
    type(open, word);
  }, everyMs);
}

const holds = {
  synced: (_, open) => open.provider.isSynced,
  saved: (_, open) => open.provider.isSynced && open.provider.unsyncedChanges === 0,
  text: (_, open, { value }) => open.text.toString() === value,
  includes: (_, open, { value }) => open.text.toString().includes(value),
  event: (client, _, { section, value, detail }) =>
    client.events.some((e) => e.event === value && [section, "*"].includes(e.section) && (!detail || e.detail === detail)),
  present: (_, open, { value }) => open.provider.awareness.getStates().size === value,
  // Somebody else's state holds this.
  sees: (_, open, { value }) =>
    [...open.provider.awareness.getStates()].some(([id, state]) => id !== open.ydoc.clientID && JSON.stringify(state).includes(value)),
  // The server has said who we are.
  named: (_, open, { value }) => open.provider.awareness.getLocalState()?.user?.name === value,
  // The section has been open for so many milliseconds.
  alive: (_, open, { value }) => Date.now() - open.openedAt > value,
  acknowledged: (_, open, { value }) => open.acknowledged >= value,
};

async function wait(client, open, command) {
  const until = Date.now() + (command.seconds ?? 10) * 1000;
  while (!holds[command.until](client, open, command)) {
    if (Date.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return true;
}

function end(client, name) {
  for (const open of client.sections.values()) {
    open.isEnded = true;
    clearInterval(open.timer);
    open.provider.destroy();
  }
  client.socket.destroy();
  clients.delete(name);
}

const commands = {
  connect: (_, __, command) => void clients.set(command.client, new Client(command)),
  open: (client, _, command) => client.open(command),
  insert: (_, open, { text, at }) => type(open, text, at),
  wait,
  text: (_, open) => open.text.toString(),
  unsaved: (_, open) => open.provider.unsyncedChanges,
  events: (client) => client.events,
  forget: (client) => void (client.events.length = 0),
  present: (_, open, { state }) => open.provider.awareness.setLocalState(state),
  states: (_, open) => [...open.provider.awareness.getStates()].map(([id, state]) => ({ id, mine: id === open.ydoc.clientID, state })),
  type: (_, open, { mark, everyMs }) => startTyping(open, mark, everyMs),
  // Renew the token on an open section, as a page does before the old one runs out.
  renew: (client, open, { token }) => {
    client.token = token;
    return open.provider.sendToken();
  },
  // What a person does who was signed out: sign in again, and open the section again.
  signIn: (client, open, { token }) => {
    client.token = token;
    open.provider.detach();
    open.provider.attach();
  },
  rest: (_, open) => {
    clearInterval(open.timer);
    return { typed: open.typed, acknowledged: open.acknowledged };
  },
  close: (_, open) => open.provider.detach(),
  reopen: (_, open) => open.provider.attach(),
  end: (client, _, command) => end(client, command.client),
  endAll: () => clients.forEach(end),
};

async function run(line) {
  const command = JSON.parse(line);
  const client = clients.get(command.client);
  let answer;
  try {
    answer = { value: (await commands[command.do](client, client?.sections.get(command.section), command)) ?? null };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify({ id: command.id, ...answer })}\n`);
}

createInterface({ input: process.stdin }).on("line", run).on("close", () => process.exit(0));
