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
  for (const [room, places] of plan.rooms.entries()) {
    const clients = await Promise.all(places.map(joined));
    all.push(...clients.map((client, seat) => ({ client, room, seat, among: places.length })));
  }
  return all;
}

/** Writing: as fast as acknowledgements come (`flat`), or `rate` edits a second each. */
async function write() {
  const tracks = new Tracks();
  const counts = { seen: 0, acknowledged: 0, delivered: 0 };
  const times = { seen: [], acknowledged: [] };
  let isMeasuring = false;
  let isOver = false;
  const people = await everybody();
  for (const [owner, { client, room, seat, among }] of people.entries()) {
    const author = new Author(plan.traffic, tracks, owner);
    const first = owner - seat;
    // Two watch for their room: the first all others, the second the first. What reaches them reaches everybody.
    const watches = [(of) => of > first && of < first + among, (of) => of === first][seat];
    const seen = (at) => {
      if (!isMeasuring) return;
      counts.delivered += among - 1;
      if (at !== undefined) times.seen.push(performance.now() - at);
    };
    if (watches) client.onUpdate = (update) => tracks.arrived(update, (track) => watches(track.owner), seen);
    client.onAcknowledged = (at) => {
      if (isMeasuring) {
        counts.acknowledged++;
        times.acknowledged.push(performance.now() - at);
      }
      if (!plan.rate && !isOver) client.send(author.next());
    };
    if (plan.rate) atRate(client, author, () => isOver);
    else for (let sent = 0; sent < UNACKNOWLEDGED; sent++) client.send(author.next());
  }
  await pause(plan.warm * 1000);
  const before = { at: performance.now(), server: processorSeconds(plan.pids), own: process.cpuUsage(), bytes: people.map(({ client }) => client.received) };
  isMeasuring = true;
  await pause(plan.seconds * 1000);
  isMeasuring = false;
  const seconds = (performance.now() - before.at) / 1000;
  const used = process.cpuUsage(before.own);
  const server = processorSeconds(plan.pids) - before.server;
  const bytes = people.map(({ client }, index) => client.received - before.bytes[index]).sort((a, b) => a - b);
  isOver = true;
  give({
    rate: counts.delivered / seconds,
    acknowledged: counts.acknowledged / seconds,
    cpu: (server * 1e6) / counts.delivered,
    server: server / seconds,
    client: (used.user + used.system) / 1e6 / seconds,
    evenness: bytes[0] / bytes[bytes.length >> 1],
    seen: quantiles(times.seen),
    ack: quantiles(times.acknowledged),
  });
}

function atRate(client, author, isOver) {
  const gap = 1000 / plan.rate;
  let due = performance.now() + Math.random() * gap;
  const step = () => {
    if (isOver()) return;
    client.send(author.next());
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
    if (plan.writes) client.send(new Author("plain", new Tracks(), number).next());
  }
  await pause(1500);
  give({ each: (residentKilobytes(plan.pids) - before) / (places.length - warm), base: before });
}

await { write, fill, sync, idle }[plan.mode]();
