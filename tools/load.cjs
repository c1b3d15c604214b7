/**
 * How an installed novasim is loaded: each file of the bundle once, with what V8 compiled of it before, which
 * halves what a process takes to start. Node itself can do that from 22 on, but only for all that a process
 * loads; this keeps what is ours, beside the bundle, and nothing else.
 *
 * Of each file the code is kept twice: `early` when it has been loaded, as many processes are killed, and
 * `whole` when one ends, with all the functions that it called. Both are of the build that is named here, and
 * are written once. V8 refuses what another version of it compiled, and then it is written anew. Where nothing can be
 * written, or `NODE_DISABLE_COMPILE_CACHE` is set as for Node's own, all goes as without.
 */
"use strict";
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

/** What the bundle's files are made of; `tools/bundle.mjs` puts it here. */
const BUILD = "BUILD";
const CHUNKS = path.join(__dirname, "chunks");
const KEPT = path.join(__dirname, "kept", BUILD);
const keeps = !process.env.NODE_DISABLE_COMPILE_CACHE;

const loaded = new Map();
/**
 * What cannot be required: packages that an entry point was given, and how what users wrote is imported, as
 * scripts that were kept cannot.
 */
const given = new Map([["import-module", { importModule: (url) => import(url) }]]);
/** Files of which nothing usable was kept, and those of which not the whole was: name to script. */
const wanted = { early: new Map(), whole: new Map() };

/** @returns what the file exports, as `require` does: it may still be on its way */
function load(file) {
  const before = loaded.get(file);
  if (before !== undefined) return before.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const real = createRequire(file);
  const requires = (id) => {
    if (id.startsWith(".") || path.isAbsolute(id)) return load(path.resolve(CHUNKS, id));
    return given.get(id) ?? real(id);
  };
  compiled(file)(module.exports, requires, module, file);
  return module.exports;
}

function compiled(file) {
  const name = path.basename(file);
  const whole = read(name, "whole");
  const cachedData = whole ?? read(name, "early");
  const text = fs.readFileSync(file, "utf8");
  const script = new vm.Script(`(function (exports, require, module, __filename) { ${text}\n})`, {
    filename: file,
    cachedData,
  });
  const usable = script.cachedDataRejected === false;
  if (keeps && !usable) wanted.early.set(name, script);
  if (keeps && !(usable && whole)) wanted.whole.set(name, script);
  return script.runInThisContext();
}

function read(name, kind) {
  if (!keeps) return undefined;
  try {
    return fs.readFileSync(path.join(KEPT, `${name}.${kind}`));
  } catch {
    return undefined;
  }
}

/** @param {"early" | "whole"} kind */
function keep(kind) {
  const scripts = wanted[kind];
  if (scripts.size === 0) return;
  try {
    fs.mkdirSync(KEPT, { recursive: true });
    // Another process may write or read the same: it sees all of a file or none of it.
    const own = fs.mkdtempSync(path.join(KEPT, "on-its-way-"));
    try {
      for (const [name, script] of scripts) {
        const file = `${name}.${kind}`;
        fs.writeFileSync(path.join(own, file), script.createCachedData());
        fs.renameSync(path.join(own, file), path.join(KEPT, file));
      }
    } finally {
      fs.rmSync(own, { recursive: true });
    }
  } catch {
    // A folder of somebody else's, a full disk: then the next process compiles again.
  }
  scripts.clear();
}
process.once("exit", () => keep("whole"));

/**
 * @param {string} entry its file among the bundle's: `index.cjs`
 * @param {Record<string, object>} packages what it imports of packages that are not part of the bundle
 */
module.exports = (entry, packages) => {
  for (const [name, exported] of Object.entries(packages)) given.set(name, exported);
  const exported = load(path.join(CHUNKS, entry));
  keep("early");
  return exported;
};
