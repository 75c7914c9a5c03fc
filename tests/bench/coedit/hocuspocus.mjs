// Hocuspocus. Usage: node hocuspocus.mjs PORT '{"database": path, "flushDelay": false, "redis": port}', each of which may be left out.
import { Redis } from "@hocuspocus/extension-redis";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const [port, options] = process.argv.slice(2);
const { database, redis, ...rest } = JSON.parse(options);
const extensions = [];
if (database) extensions.push(new SQLite({ database }));
if (redis) extensions.push(new Redis({ host: "127.0.0.1", port: redis }));
const server = new Server({ port: Number(port), address: "127.0.0.1", quiet: true, extensions, ...rest });
await server.listen();
