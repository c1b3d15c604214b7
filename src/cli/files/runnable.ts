/**
 * Scenarios with the programs that belong to them: a module that is one itself (`x.scenario.mjs`), and those that
 * a file names. A module is a program, and importing it runs it: it lies beside the scenario or below, and
 * is imported by `run`, `check` and whatever else runs scenarios.
 */
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import {
  isDefinition,
  loadScenario,
  modulePaths,
  moduleProblem,
  sourceText,
  type Loaded,
  type NotLoaded,
} from "../../scenario/index.js";
import { CliError } from "../exit.js";
import type { SimulatorSession } from "../globals.js";
import { importModule } from "./import-module.js";
import { readScenario, type ReadOptions } from "./scenario-files.js";
import { similarFile } from "./similar-names.js";

const MODULE = /\.m?[jt]s$/u;

/** @throws CliError if the file, or a module that it needs, cannot be read or is none */
export async function readRunnable(
  session: SimulatorSession,
  file: string,
  options: ReadOptions = {},
): Promise<Loaded | NotLoaded> {
  const loaded = MODULE.test(file)
    ? await fromModule(session, file, options)
    : readScenario(session, file, options);
  return loaded.ok ? withModules(session, loaded, file, options.onRead) : loaded;
}

async function fromModule(
  { io, simulator }: SimulatorSession,
  file: string,
  { set = [], seed, onRead }: ReadOptions,
): Promise<Loaded | NotLoaded> {
  const path = resolve(io.cwd, file);
  onRead?.(path);
  const definition = await imported(path, file);
  if (!isDefinition(definition)) {
    throw new CliError(
      `${file} is no scenario: it has no default export with a title and a script`,
      "Write: export default defineScenario({ title: ..., *script(cloud) { ... } })",
    );
  }
  const text = sourceText(definition, `./${basename(file)}`);
  const loaded = loadScenario({ file, text, set, seed, known: simulator.known });
  // Nobody has written that text: what is wrong is wrong in the module.
  return loaded.ok ? { ...loaded, place: () => ({ file }) } : loaded;
}

/** `loaded` with what its modules export. @param file the scenario or its recording, beside which they lie */
export async function withModules(
  { io }: SimulatorSession,
  loaded: Loaded,
  file: string,
  onRead?: (path: string) => void,
): Promise<Loaded> {
  const paths = modulePaths(loaded.scenario);
  if (paths.length === 0) return loaded;
  const modules = new Map<string, unknown>();
  for (const path of paths) {
    const full = resolve(io.cwd, dirname(file), path);
    onRead?.(full);
    assertBeside(resolve(io.cwd, dirname(file)), full, path);
    const exported = await imported(full, path);
    const problem = moduleProblem(loaded.scenario, path, exported);
    if (problem !== undefined) throw new CliError(`${file}: ${problem}`);
    modules.set(path, exported);
  }
  return { ...loaded, modules };
}

/** @throws CliError for what is elsewhere, wherever links lead */
function assertBeside(folder: string, full: string, path: string): void {
  if (!existsSync(full)) return;
  const way = relative(realpathSync(folder), realpathSync(full));
  if (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new CliError(
    `the module ${path} is outside of the folder of the scenario`,
    "Put it beside the scenario or below.",
  );
}

/** What a module exports by default. @throws CliError if it cannot be imported */
async function imported(full: string, shown: string): Promise<unknown> {
  if (!existsSync(full)) {
    throw new CliError(`cannot read ${shown}: there is no such file`, similarFile(full, shown));
  }
  assertTypes(shown);
  // What has changed since is another module to Node.
  const url = `${pathToFileURL(full).href}?at=${String(statSync(full).mtimeMs)}`;
  try {
    const exports = (await importModule(url)) as Readonly<Record<string, unknown>>;
    return exports["default"];
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new CliError(`cannot import ${shown}: ${name}: ${message}`, adviceOn(message));
  }
}

/** Node takes types out by itself since 22.18 and 23.6. */
function assertTypes(shown: string): void {
  if (!shown.endsWith("ts")) return;
  const { features, version } = process;
  if ("typescript" in features && features.typescript !== false) return;
  throw new CliError(
    `${shown} is TypeScript, which Node ${version} does not run by itself`,
    `Use Node 22.18 or newer, or write ${shown.replace(/ts$/u, "js").replace(/(?<!m)js$/u, "mjs")}.`,
  );
}

const adviceOn = (message: string): string | undefined =>
  message.includes("Cannot find package 'novasim'")
    ? "Install it where the module lies: npm install --save-dev novasim"
    : undefined;
