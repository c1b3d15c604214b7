/**
 * The package as somebody has it who installs it: packed from what was built, and installed in an empty folder.
 * `dist` stays as it is; a copy is packed.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** Runs a command in `cwd` and returns what it printed. @throws Error with all that it said */
export function run(cwd, command, ...args) {
  const quiet = { npm_config_fund: "false", npm_config_audit: "false", NO_COLOR: "1" };
  const env = { ...process.env, ...quiet, npm_config_update_notifier: "false" };
  const stdio = ["ignore", "pipe", "pipe"];
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", env, stdio, maxBuffer: 1e9 });
  } catch (error) {
    const said = `${error.stdout ?? ""}${error.stderr ?? ""}`.trim();
    throw new Error(`${[command, ...args].join(" ")}: ${error.message.split("\n")[0]}\n${said}`, {
      cause: error,
    });
  }
}

/** Packs what was built into `folder`. @returns the tarball */
export function pack(folder) {
  if (!existsSync(path.join(root, "dist/types/index.d.ts"))) {
    throw new Error("nothing is built yet: `npm run build` first");
  }
  const copy = mkdtempSync(path.join(folder, "packing-"));
  const tops = manifest.files.filter((file) => !file.startsWith("!"));
  for (const file of ["package.json", ...tops]) {
    cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  }
  run(root, process.execPath, path.join(root, "tools/prune-types.mjs"), copy);
  const output = run(
    copy,
    "npm",
    "pack",
    "--json",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  );
  rmSync(copy, { recursive: true });
  return path.join(folder, JSON.parse(output)[0].filename);
}

/** The version of a package that the tests here use. */
function versionOf(name) {
  const file = path.join(root, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(file, "utf8")).version;
}

/**
 * An empty folder with the package in it, as `novasim.tgz` too, and with `others`, of the versions that are used here.
 * @returns the folder, which its maker removes
 */
export function install(others = []) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "novasim-outside-"));
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const tarball = path.join(folder, "novasim.tgz");
  renameSync(pack(folder), tarball);
  const wanted = others.map((name) => `${name}@${versionOf(name)}`);
  run(folder, "npm", "install", "--no-package-lock", tarball, ...wanted);
  return folder;
}
