// Builds the browser's files into build/static/portal/ and what only tests need into build/test/.
// Usage: node build.mjs [--dev] [--force]. With --dev: not minified, and with source maps.
import { mkdir, readdir, readFile, rename, rm, stat, copyFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compileAsync } from "sass";

const ROOT = dirname(fileURLToPath(import.meta.url));
const FINISHED = join(ROOT, "build", "static", "portal");
// A portal that runs meanwhile goes on with the old files until the new ones are whole.
const OUT = join(ROOT, "build", "unfinished");
const TEST = join(ROOT, "build", "test");
const DEV = process.argv.includes("--dev");
const FORCE = process.argv.includes("--force");
const SOURCES = ["portal/assets", "documents/editor/src", "build.mjs", "package-lock.json"];
const SCRIPTS = {
  portal: "portal/assets/scripts/portal.ts",
  passkeys: "portal/assets/scripts/passkeys.ts",
  report: "documents/editor/src/page/main.ts",
};
const STYLES = "portal/assets/styles/portal.scss";
const PICTURES = ["portal/assets/icon.svg"];
// The crown and its typeface belong to central government; a council may not use them.
const NOT_OURS = /GDS Transport|crown/i;

/** The newest change, in milliseconds, of a file or of anything in a folder; 0 where there is none. */
async function newest(path) {
  if (!existsSync(path)) return 0;
  const facts = await stat(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(facts.mtimeMs, ...times);
}

/** Whether the last build of this kind is newer than every source. */
async function upToDate(stamp) {
  if (FORCE || !existsSync(stamp)) return false;
  const built = await stat(stamp);
  const changes = await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))));
  return Math.max(...changes) < built.mtimeMs;
}

async function styles() {
  const { css, sourceMap } = await compileAsync(join(ROOT, STYLES), {
    style: DEV ? "expanded" : "compressed",
    sourceMap: DEV,
    loadPaths: [join(ROOT, "node_modules")],
    quietDeps: true,
  });
  await writeFile(join(OUT, "portal.css"), DEV ? `${css}\n/*# sourceMappingURL=portal.css.map */\n` : css);
  if (sourceMap) {
    const here = pathToFileURL(ROOT).href;
    sourceMap.sources = sourceMap.sources.map((source) => source.replace(here, "source:"));
    await writeFile(join(OUT, "portal.css.map"), JSON.stringify(sourceMap));
  }
}

async function scripts() {
  const present = Object.entries(SCRIPTS).filter(([, path]) => existsSync(join(ROOT, path)));
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(present),
    outdir: OUT,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: !DEV,
    sourcemap: DEV ? "linked" : false,
    legalComments: "none",
    define: { "process.env.NODE_ENV": DEV ? '"development"' : '"production"' },
    logLevel: "warning",
  });
}

async function copies() {
  const axe = join(ROOT, "node_modules/axe-core/axe.min.js");
  if (existsSync(axe)) await copyFile(axe, join(TEST, "axe.min.js"));
  for (const picture of PICTURES) await copyFile(join(ROOT, picture), join(OUT, basename(picture)));
}

/** Stop where something of central government's has come along; print what was built. */
async function inspect() {
  for (const name of (await readdir(OUT)).sort()) {
    const bytes = await readFile(join(OUT, name));
    if (NOT_OURS.test(name) || (!name.endsWith(".map") && NOT_OURS.test(bytes.toString("utf8")))) {
      throw new Error(`${name} mentions GDS Transport or a crown: take it out of what it is built from.`);
    }
    const kilobytes = (size) => `${(size / 1024).toFixed(1)} kB`.padStart(9);
    console.log(`${name.padEnd(16)} ${kilobytes(bytes.length)} ${kilobytes(gzipSync(bytes).length)} gzipped`);
  }
}

async function main() {
  const stamp = join(ROOT, "build", DEV ? "built-dev" : "built");
  if (await upToDate(stamp)) {
    console.log("Nothing has changed since the last build.");
    return;
  }
  await rm(OUT, { recursive: true, force: true });
  await Promise.all([mkdir(OUT, { recursive: true }), mkdir(TEST, { recursive: true })]);
  await Promise.all([styles(), scripts(), copies()]);
  await inspect();
  await rm(FINISHED, { recursive: true, force: true });
  await mkdir(dirname(FINISHED), { recursive: true });
  await rename(OUT, FINISHED);
  await rm(join(ROOT, "build", DEV ? "built" : "built-dev"), { force: true });
  await writeFile(stamp, "");
}

await main();
