/**
 * `npm run try:package`: does what an outsider does with the package. It is packed, its types looked up as compilers
 * do it, installed in an empty folder, its command run, and each of `examples` compiled and run there. Says what it
 * does, and exits with 1 at the first thing that does not work.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { entries } from "./entries.mjs";
import { install, run } from "./installed.mjs";

const root = path.resolve(import.meta.dirname, "..");
const names = readdirSync(path.join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const began = performance.now();
function step(name, does) {
  const told = does();
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`${seconds.padStart(5)} s  ${name}${told === undefined ? "" : `: ${told}`}`);
}

/**
 * What is wrong with how the tarball's types are found. It is a package of ES modules: `require` of it, and
 * compilers that do not know of `exports`, are not for it.
 */
async function typesWrong(tarball) {
  const known = createPackageFromTarballData(new Uint8Array(readFileSync(tarball)));
  const entrypoints = entries.map(({ name }) => name.replace(/^novasim/u, "."));
  const { types, problems } = await checkPackage(known, { entrypoints });
  if (types === false) throw new Error("the package has no types");
  return problems.filter(
    ({ kind, resolutionKind }) => kind !== "CJSResolvesToESM" && resolutionKind !== "node10",
  );
}

let folder = "";
try {
  step("packed and installed", () => {
    folder = install(["vitest", "fast-check", "typescript", "@types/node"]);
  });
  const wrong = await typesWrong(path.join(folder, "novasim.tgz"));
  if (wrong.length > 0) throw new Error(`types are not found: ${JSON.stringify(wrong, null, 2)}`);
  step("its types are found", () => undefined);
  step("npx novasim", () => {
    const list = run(folder, "npx", "novasim", "list", "--json");
    const { scenarios } = JSON.parse(list);
    const all = scenarios.map(({ name }) => name);
    run(folder, "npx", "novasim", "--help");
    run(folder, "npx", "novasim", "run", "boot", "boot-and-shelve", "boot-no-valid-host");
    run(folder, "npx", "novasim", "init");
    run(folder, "npx", "novasim", "run", "scenario.yaml");
    return `${all.length} scenarios ship`;
  });
  for (const name of names)
    cpSync(path.join(root, "examples", name), path.join(folder, name), { recursive: true });
  step("examples compile", () => {
    const compilerOptions = {
      ...{ strict: true, target: "ES2023", module: "NodeNext", types: ["node"] },
      ...{ lib: ["ES2023"], rootDir: ".", outDir: "built" },
    };
    const settings = { compilerOptions, include: names };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
    run(folder, "npx", "tsc");
  });
  step("examples pass their tests", () => {
    // Whoever tries it has a machine of their own: what a slow one needs is no failure.
    const patience = ["--testTimeout", "60000"];
    const said = run(folder, "npx", "vitest", "run", "--exclude", "built/**", ...patience);
    return /Tests +(.*)/u.exec(said)?.[1];
  });
  for (const name of names) {
    const { scripts } = JSON.parse(readFileSync(path.join(folder, name, "package.json"), "utf8"));
    if (scripts.start === undefined) continue;
    const [, file] = /(\S+)\.m?[jt]s$/u.exec(scripts.start) ?? [];
    const from = scripts.start.endsWith(".mjs")
      ? `${name}/${file}.mjs`
      : `built/${name}/${file}.js`;
    step(`${name}: npm start`, () => {
      run(folder, process.execPath, from);
    });
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
}
