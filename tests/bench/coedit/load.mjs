// The load: one process that plays all people. Reads a plan (JSON) from its input and prints what it measured (JSON).
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "./client.mjs";
import { processorSeconds, residentKilobytes } from "./machine.mjs";
import { Author, Tracks } from "./traffic.mjs";

const UNACKNOWLEDGED = 4;
const FILL_AT_ONCE = 200;

const plan = JSON.parse(readFileSync(0, "utf8"));
const give = (result) => process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());

async function joined(place) {
  const client = new Client(plan.dialect, place);
  await client.join();
  return client;
}

/** Everybody in, some at a time. */
async function everybody() {
  const all = [];
  for (const places of plan.rooms) {
    const clients = await Promise.all(places.map(joined));
    all.push(...clients.map((client, seat) => ({ client, seat, among: places.length })));
  }
  return all;
}

/** Writing: as fast as acknowledgements come, or `rate` edits a second each. */
async function write() {
  const tracks = new Tracks();
  const state = { isMeasuring: false, isOver: false, delivered: 0, seen: [], acknowledged: [] };
  const people = await everybody();
  for (const [owner, person] of people.entries()) {
    watch(person, owner - person.seat, tracks, state);
    start(person.client, new Author(plan.traffic, tracks, owner), state);
  }
  await pause(plan.warm * 1000);
  const bytes = people.map(({ client }) => client.received);
  const before = { at: performance.now(), server: processorSeconds(plan.pids), own: process.cpuUsage() };
  state.isMeasuring = true;
  await pause(plan.seconds * 1000);
  state.isMeasuring = false;
  const seconds = (performance.now() - before.at) / 1000;
  const { user, system } = process.cpuUsage(before.own);
  const server = processorSeconds(plan.pids) - before.server;
  state.isOver = true;
  const got = people.map(({ client }, index) => client.received - bytes[index]).sort((a, b) => a - b);
  give({
    rate: state.delivered / seconds,
    cpu: state.delivered ? (server * 1e6) / state.delivered : null,
    client: (user + system) / 1e6 / seconds,
    late: seconds / plan.seconds,
    // Nothing at all in the window: 0 / 0 would be no number.
    evenness: got[got.length >> 1] ? got[0] / got[got.length >> 1] : 0,
    seen: quantiles(state.seen),
    ack: quantiles(state.acknowledged),
  });
}

/** Two watch for their room: the first all others, the second the first. What reaches them reaches everybody. */
function watch({ client, seat, among }, first, tracks, state) {
  const isWatched = [(track) => track.owner > first && track.owner < first + among, (track) => track.owner === first][seat];
  if (!isWatched) return;
  const seen = (at) => {
    if (!state.isMeasuring) return;
    state.delivered += among - 1;
    if (at !== undefined) state.seen.push(performance.now() - at);
  };
  client.onUpdate = (update) => tracks.arrived(update, isWatched, seen);
}

function start(client, author, state) {
  client.onAcknowledged = (at) => {
    if (state.isMeasuring) state.acknowledged.push(performance.now() - at);
    if (!plan.rate && !state.isOver) client.send(...author.next());
  };
  if (plan.rate) atRate(client, author, () => state.isOver);
  else for (let sent = 0; sent < UNACKNOWLEDGED; sent++) client.send(...author.next());
}

function atRate(client, author, isOver) {
  const gap = 1000 / plan.rate;
  let due = performance.now() + Math.random() * gap;
  const step = () => {
    if (isOver()) return;
    client.send(...author.next());
    due += gap;
    setTimeout(step, Math.max(0, due - performance.now()));
  };
  setTimeout(step, due - performance.now());
}

function quantiles(times) {
  const sorted = Float64Array.from(times).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { p50: at(0.5), p95: at(0.95), count: sorted.length };
}

/** Write a long text through one socket, as one person; resolves once all is acknowledged. */
async function fill() {
  const client = await joined(plan.rooms[0][0]);
  client.isAlone = true;
  const updates = JSON.parse(readFileSync(plan.updates, "utf8"));
  const began = performance.now();
  await new Promise((resolve) => {
    let next = 0;
    let done = 0;
    const more = () => {
      while (next < updates.length && next - done < FILL_AT_ONCE) client.send(Buffer.from(updates[next++], "base64"));
    };
    client.onAcknowledged = () => (++done === updates.length ? resolve() : more());
    more();
  });
  give({ rate: (updates.length * 1000) / (performance.now() - began) });
}

/** How long somebody who comes waits for the text, several times. */
async function sync() {
  const times = [];
  let size = 0;
  for (let time = 0; time < plan.times; time++) {
    const client = new Client(plan.dialect, plan.rooms[0][0]);
    const { ms, size: bytes } = await client.join();
    times.push(ms);
    size = bytes;
    client.end();
    await pause(50);
  }
  give({ ms: quantiles(times).p50, size });
}

/** What a socket costs that says nothing: all but the first few, which warm the server up. */
async function idle() {
  const places = plan.rooms.flat();
  const warm = Math.min(20, places.length >> 1);
  const clients = [];
  let before = 0;
  for (const [number, place] of places.entries()) {
    if (number === warm) {
      await pause(1000);
      before = residentKilobytes(plan.pids);
    }
    const client = await joined(place);
    clients.push(client);
    if (plan.writes) client.send(...new Author("plain", new Tracks(), number).next());
  }
  await pause(1500);
  give({ each: (residentKilobytes(plan.pids) - before) / (places.length - warm), base: before });
}

await { write, fill, sync, idle }[plan.mode]();
