// What people write: plain inserts, or what the editor really sends (recorded.json, made by record.mjs).
import { readFileSync } from "node:fs";
import { parseUpdateMeta } from "yjs";
import { authorOf } from "./client.mjs";
import { string, uint } from "./frames.mjs";

const LETTERS_AT_ONCE = 7;
// Client ids whose numbers take four bytes: one is put in the place of another without moving anything. They go down: a
// stream begins at the beginning of the text, where a higher id than all before would have to be compared with all of it.
const LAST_ID = 2 ** 28;
const recorded = JSON.parse(readFileSync(new URL("recorded.json", import.meta.url), "utf8"));
const recordedId = uint(recorded.author);
const streams = recorded.streams.map((updates) => updates.map((update) => original(Buffer.from(update, "base64"))));

/** Every edit that was sent, by Yjs client: its size, where its text ends there, and when it was sent. */
export class Tracks {
  #byId = new Map();
  #lastId = LAST_ID;

  open(owner) {
    const track = { id: --this.#lastId, owner, sizes: [], ends: [], at: [], seen: 0 };
    this.#byId.set(track.id, track);
    return track;
  }

  /** Take note of an update that has come; calls `seen` with each edit in it that comes for the first time. */
  arrived(update, isWatched, seen) {
    const track = update[0] < 2 ? this.#byId.get(authorOf(update)) : undefined;
    if (track && update.length === track.sizes[track.seen]) {
      // Just as it was sent: mostly so, and much quicker than to read what is in it.
      if (isWatched(track)) seen(track.at[track.seen++]);
      return;
    }
    for (const [id, end] of parseUpdateMeta(update).to) this.#arrivedTo(this.#byId.get(id), end, isWatched, seen);
  }

  #arrivedTo(track, end, isWatched, seen) {
    if (!track || !isWatched(track)) return;
    for (; track.ends[track.seen] <= end; track.seen++) {
      // What only deletes does not move the end: it is counted, but its own time is not known.
      const moves = track.seen === 0 || track.ends[track.seen] > track.ends[track.seen - 1];
      seen(moves ? track.at[track.seen] : undefined);
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

  /** The next update, and the id of the Yjs client that writes it. */
  next() {
    const { update, track, end } = this.#next.next().value;
    track.sizes.push(update.length);
    track.ends.push(end);
    track.at.push(performance.now());
    return [update, track.id];
  }

  *#plain(owner) {
    const track = this.#tracks.open(owner);
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
      const track = this.#tracks.open(owner);
      const id = uint(track.id);
      let end = 0;
      for (const piece of streams[number % streams.length]) {
        end = piece.end ?? end;
        yield { update: renamed(piece, id), track, end };
      }
    }
  }
}

/** A recorded update: its bytes, where in them its author's id stands, and where its text ends. */
function original(bytes) {
  const places = [];
  for (let at = bytes.indexOf(recordedId); at >= 0; at = bytes.indexOf(recordedId, at + recordedId.length)) places.push(at);
  return { bytes, places, end: parseUpdateMeta(bytes).to.get(recorded.author) };
}

function renamed({ bytes, places }, id) {
  const update = Buffer.from(bytes);
  for (const at of places) id.copy(update, at);
  return update;
}
