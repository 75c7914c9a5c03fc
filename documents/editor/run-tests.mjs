// Bundles and runs the editor's scripts on Node, without a browser.
// Usage: node documents/editor/run-tests.mjs                                  every *.test.ts, then the suite's share of the fuzz
//        node documents/editor/run-tests.mjs [part of a path]...              only these test files
//        node documents/editor/run-tests.mjs --fuzz [--sessions N] [--seed S]  random sessions of several people
//        node documents/editor/run-tests.mjs --bench                          what comments cost when somebody else types
//        node documents/editor/run-tests.mjs --schema                         write documents/text/schema.json anew
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), "src");
const ROOT = join(SOURCE, "..", "..", "..");
const OUT = join(ROOT, "build", "test", "editor");

/** Bundle scripts into a folder of their own, so that runs beside each other do not meet. */
async function bundle(paths) {
  const outdir = join(OUT, String(process.pid));
  await build({
    absWorkingDir: ROOT,
    entryPoints: paths.map((path) => join(SOURCE, path)),
    outbase: SOURCE,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    // Packages stay outside: two copies of Yjs or ProseMirror would not know each other's objects.
    packages: "external",
    logLevel: "warning",
  });
  return { outdir, files: paths.map((path) => join(outdir, path.replace(/\.ts$/, ".mjs"))) };
}

function run(args) {
  const options = { cwd: ROOT, stdio: "inherit" };
  const { status, signal } = spawnSync(process.execPath, ["--enable-source-maps", ...args], options);
  if (signal) console.error(`Stopped by ${signal}.`);
  return status ?? 1;
}

async function runScript(path, args = []) {
  const { outdir, files } = await bundle([path]);
  try {
    return run([...files, ...args]);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function runTests(wanted) {
  const names = await readdir(SOURCE, { recursive: true });
  const tests = names.filter((name) => name.endsWith(".test.ts")).sort();
  const chosen = wanted.length ? tests.filter((name) => wanted.some((part) => name.includes(part))) : tests;
  if (!chosen.length) throw new Error(`No test file's path contains ${wanted.join(" or ")}.`);
  const { outdir, files } = await bundle(chosen);
  try {
    return run(["--test", "--test-reporter=dot", ...files]);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function main([first, ...rest]) {
  if (first === "--fuzz") return runScript("fuzz/main.ts", rest);
  if (first === "--bench") return runScript("anchors/bench.ts");
  if (first === "--schema") return runScript("schema/write_dump.ts");
  const wanted = first === undefined ? [] : [first, ...rest];
  const status = await runTests(wanted);
  if (status || wanted.length || !existsSync(join(SOURCE, "fuzz", "suite.ts"))) return status;
  return runScript("fuzz/suite.ts");
}

process.exitCode = await main(process.argv.slice(2));
