// Bytes on the wire: WebSocket frames of a client, numbers and buffers of the Yjs protocols.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

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

/** A whole masked frame. The mask is four zeros: servers do the same work for it, and this process does less. */
export function frame(payload, opcode = 2) {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 6 : length < 65536 ? 8 : 14);
  head[0] = 128 | opcode;
  head[1] = 128 | (length < 126 ? length : length < 65536 ? 126 : 127);
  if (head.length === 8) head.writeUInt16BE(length, 2);
  if (head.length === 14) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** Open a socket. `opened` is called with it once the server has accepted it, then `heard` with the payload of each message. */
export function open({ port, path }, { opened, heard, ended }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const key = randomBytes(16).toString("base64");
    const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Key: ${key}`, "Sec-WebSocket-Version: 13"];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    let isOpen = false;
    let rest = Buffer.alloc(0);
    let chunks = [];
    let wanted = 0;
    socket.on("error", reject);
    socket.on("close", () => ended("the connection was closed"));
    socket.on("data", (data) => {
      // A long message is joined once, not at every piece of it.
      chunks.push(data);
      wanted -= data.length;
      if (wanted > 0) return;
      rest = chunks.length > 1 || rest.length ? Buffer.concat([rest, ...chunks]) : data;
      chunks = [];
      if (!isOpen) {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!rest.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) return reject(new Error(String(rest.subarray(0, 80))));
        isOpen = true;
        rest = rest.subarray(end + 4);
        opened(socket);
        resolve();
      }
      [rest, wanted] = walk(rest, socket, heard, ended);
    });
  });
}

/** Take whole frames off; returns what is left, and how many bytes the next frame lacks. */
function walk(bytes, socket, heard, ended) {
  let at = 0;
  for (;;) {
    const left = bytes.length - at;
    if (left < 2) break;
    let length = bytes[at + 1] & 127;
    const head = length < 126 ? 2 : length === 126 ? 4 : 10;
    if (left < head) break;
    if (head === 4) length = bytes.readUInt16BE(at + 2);
    if (head === 10) length = Number(bytes.readBigUInt64BE(at + 2));
    if (left < head + length) return [bytes.subarray(at), head + length - left];
    const opcode = bytes[at] & 15;
    const payload = bytes.subarray(at + head, at + head + length);
    at += head + length;
    if (opcode === 2) heard(payload);
    else if (opcode === 9) socket.write(frame(payload, 10));
    else if (opcode === 8) ended(`the server closed the socket: ${payload.length > 1 ? payload.readUInt16BE(0) : ""} ${payload.subarray(2)}`);
  }
  return [bytes.subarray(at), 0];
}
