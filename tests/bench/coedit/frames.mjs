// Bytes on the wire: WebSocket frames of a client, numbers and buffers of the Yjs protocols.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

// All sockets read into the same piece of memory: what is read is dealt with before the next read.
const READ_BYTES = 64 * 1024;
const incoming = Buffer.alloc(READ_BYTES);
const NOTHING = Buffer.alloc(0);
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export function uint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

export function buffer(bytes) {
  return Buffer.concat([uint(bytes.length), bytes]);
}

export function string(text) {
  return buffer(Buffer.from(text));
}

/** A number at a place, and the place behind it. */
export function readUint(bytes, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
  }
}

/** A whole masked frame around these pieces. The mask is four zeros: servers do the same work for it, this process less. */
export function frame(pieces, opcode = BINARY) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const head = length < 126 ? 6 : length < 65536 ? 8 : 14;
  const bytes = Buffer.alloc(head + length);
  bytes[0] = 128 | opcode;
  bytes[1] = 128 | (length < 126 ? length : length < 65536 ? 126 : 127);
  if (head === 8) bytes.writeUInt16BE(length, 2);
  if (head === 14) bytes.writeBigUInt64BE(BigInt(length), 2);
  let at = head;
  for (const piece of pieces) at += piece.copy(bytes, at);
  return bytes;
}

/** Takes whole frames off what is read, without making anything for the common one. */
class Frames {
  #told;
  #parts = [];
  #lacks = 0;

  /** `told` is called with the opcode, the bytes, and where in them the payload begins and ends. It must copy what it keeps. */
  constructor(told) {
    this.#told = told;
  }

  feed(data) {
    let at = this.#complete(data);
    while (at < data.length) {
      this.#lacks = lacking(data, at, data.length);
      if (this.#lacks) {
        this.#parts.push(Buffer.from(data.subarray(at)));
        return;
      }
      at = this.#take(data, at);
    }
  }

  /** Give the frame that was cut off what it lacks; returns where the next one begins. A long one is joined once. */
  #complete(data) {
    let at = 0;
    while (this.#parts.length && at < data.length) {
      const piece = data.subarray(at, at + this.#lacks);
      at += piece.length;
      this.#lacks -= piece.length;
      this.#parts.push(Buffer.from(piece));
      if (this.#lacks) continue;
      const whole = Buffer.concat(this.#parts);
      this.#lacks = lacking(whole, 0, whole.length);
      this.#parts = this.#lacks ? [whole] : [];
      if (!this.#lacks) this.#take(whole, 0);
    }
    return at;
  }

  #take(data, at) {
    const start = at + headOf(data[at + 1]);
    const stop = start + lengthOf(data, at);
    this.#told(data[at] & 15, data, start, stop);
    return stop;
  }
}

const headOf = (second) => ((second & 127) < 126 ? 2 : (second & 127) === 126 ? 4 : 10);

function lengthOf(data, at) {
  const short = data[at + 1] & 127;
  if (short < 126) return short;
  return short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
}

/** How many bytes the frame at a place lacks at least; none if it is whole. */
function lacking(data, at, end) {
  const there = end - at;
  if (there < 2) return 2 - there;
  const head = headOf(data[at + 1]);
  if (there < head) return head - there;
  return Math.max(0, head + lengthOf(data, at) - there);
}

/** Open a socket. `opened` is called with it once the server has accepted it, then `heard` for each message (see Frames). */
export function open({ port, path }, { opened, heard, ended }) {
  return new Promise((resolve, reject) => {
    const told = (opcode, data, start, stop) => {
      if (opcode === BINARY) heard(data, start, stop);
      else if (opcode === PING) socket.write(frame([data.subarray(start, stop)], PONG));
      else if (opcode === CLOSE) ended(`the server closed the socket: ${stop - start > 1 ? data.readUInt16BE(start) : ""} ${data.toString("utf8", start + 2, stop)}`);
    };
    const frames = new Frames(told);
    let answer = NOTHING;
    const answered = (data) => {
      answer = Buffer.concat([answer, data]);
      const end = answer.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!answer.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) return reject(new Error(String(answer.subarray(0, 80))));
      read = (bytes) => frames.feed(bytes);
      opened(socket);
      resolve();
      if (answer.length > end + 4) read(answer.subarray(end + 4));
    };
    let read = answered;
    const onread = { buffer: incoming, callback: (size, bytes) => (read(bytes.subarray(0, size)), true) };
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    const key = randomBytes(16).toString("base64");
    const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Key: ${key}`, "Sec-WebSocket-Version: 13"];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    socket.on("error", reject);
    socket.on("close", () => ended("the connection was closed"));
  });
}
