// What people write: plain inserts, or what the editor really sends (recorded.json, made by record.mjs).
import { readFileSync } from "node:fs";
import { parseUpdateMeta } from "yjs";
import { string, uint } from "./frames.mjs";

const LETTERS_AT_ONCE = 7;
// Client ids whose numbers take four bytes: one is put in the place of another without moving anything.
const FIRST_ID = 2 ** 21;
const recorded = JSON.parse(readFileSync(new URL("recorded.json", import.meta.url), "utf8"));
const streams = recorded.streams.map((updates) => updates.map((update) => Buffer.from(update, "base64")));
const recordedId = uint(recorded.author);

/** Every edit that was sent, by Yjs client: where its text ends there, and when it was sent. */
export class Tracks {
  #byId = new Map();
  #lastId = FIRST_ID;

  open() {
    const track = { id: ++this.#lastId, ends: [], at: [], seen: 0 };
    this.#byId.set(track.id, track);
    return track;
  }

  /** Take note of an update that has come; calls `seen` with each edit in it that comes for the first time. */
  arrived(update, isWatched, seen) {
    const { to } = parseUpdateMeta(update);
    for (const [id, end] of to) {
      const track = this.#byId.get(id);
      if (!track || !isWatched(track)) continue;
      for (; track.ends[track.seen] <= end; track.seen++) {
        // What only deletes does not move the end: it is counted, but its own time is not known.
        const moves = track.seen === 0 || track.ends[track.seen] > track.ends[track.seen - 1];
        seen(moves ? track.at[track.seen] : undefined);
      }
    }
  }
}

/** Somebody who writes for ever: gives one update after the other, and notes it in a track. */
export class Author {
  #tracks;
  #next;

  constructor(kind, tracks, owner) {
    this.#tracks = tracks;
    this.#next = kind === "plain" ? this.#plain(owner) : this.#recorded(owner);
  }

  next() {
    const { update, track, end } = this.#next.next().value;
    track.ends.push(end);
    track.at.push(performance.now());
    return update;
  }

  *#plain(owner) {
    const track = Object.assign(this.#tracks.open(), { owner });
    const id = uint(track.id);
    for (let clock = 0; ; clock += LETTERS_AT_ONCE) {
      const text = string(`${clock.toString(36)}       `.slice(0, LETTERS_AT_ONCE));
      const place = clock ? [Buffer.from([0x84]), id, uint(clock - 1)] : [Buffer.from([4, 1]), string(recorded.name)];
      const update = Buffer.concat([Buffer.from([1, 1]), id, uint(clock), ...place, text, Buffer.from([0])]);
      yield { update, track, end: clock + LETTERS_AT_ONCE };
    }
  }

  *#recorded(owner) {
    for (let number = owner; ; number++) {
      const track = Object.assign(this.#tracks.open(), { owner });
      const id = uint(track.id);
      let end = 0;
      for (const original of streams[number % streams.length]) {
        const update = renamed(original, id);
        end = parseUpdateMeta(update).to.get(track.id) ?? end;
        yield { update, track, end };
      }
    }
  }
}

function renamed(original, id) {
  const update = Buffer.from(original);
  for (let at = update.indexOf(recordedId); at >= 0; at = update.indexOf(recordedId, at + recordedId.length)) id.copy(update, at);
  return update;
}
