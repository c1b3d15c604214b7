/** Options that several commands have, and how what is written behind them is read. */
import { InvalidArgumentError, Option } from "commander";
import { nearest } from "../text/nearest.js";
import { VIEWS } from "../views/index.js";
import { CliError } from "./exit.js";
import type { RunCommandOptions } from "./loaded-run.js";

const several = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

function listed(text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  const said = words.filter((word) => word !== "");
  if (said.length > 0) return said;
  throw new InvalidArgumentError("Name one, or several with commas between.");
}

export const set = (): Option =>
  new Option("--set <key=value>", "override a value of the scenario: cloud.computes=3 (repeatable)")
    .argParser(several)
    .default([], "none");

export const actors = (): Option =>
  new Option(
    "--actors <names>",
    "whose messages a diagram shows: services, processes or hosts, with commas between",
  ).argParser(listed);

export const what = (): Option =>
  new Option(
    "--what <words>",
    "servers, ports, volumes, messages, queues, processes, rows, a table, a name ...",
  )
    .argParser(listed)
    .default([], "whatever has a state, and what is under way");

/** Which entries are shown: each may be given several times, and then any of its values will do. */
const only = (flags: string, about: string) => (): Option =>
  new Option(flags, about).argParser(several);

export const request = only("--request <id>", "only what belongs to a request: req-1a2b...");
export const server = only("--server <name>", "only what is about a server");
export const service = only("--service <name>", "only what a service sends or gets");
export const kind = only("--kind <kind>", "only entries of a kind: cast, rest.request, db");

export const filter = (): Option =>
  new Option(
    "--filter <words>",
    'only what matches: "method:build_instances|spawn -kind:db status:>=400"',
  );

export interface Explained {
  readonly explain?: string;
}

/** `--explain scheduler` is `--as scheduler`, and a view says which detail it needs. */
export function explained({
  explain,
  ...options
}: RunCommandOptions & Explained): RunCommandOptions {
  if (explain !== undefined && options.as !== undefined && options.as !== explain) {
    throw new CliError("--explain and --as both want standard output", "Use one of them.");
  }
  const as = explain ?? options.as;
  if (as === undefined) return options;
  return { ...options, as, detail: VIEWS.get(as)?.detail ?? options.detail };
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/u.test(text) && seed <= 4_294_967_295) return seed;
  throw new InvalidArgumentError("A seed is a whole number from 0 to 4294967295.");
}

export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (/^\d{1,7}(\.\d{1,6})?$/u.test(text) && speed > 0) return speed;
  throw new InvalidArgumentError(
    "A speed is a number above 0 and below ten million, such as 10 or 0.5.",
  );
}

export function parseOut(file: string): string {
  if (file === "") throw new InvalidArgumentError("Name a file.");
  if (file !== "-") return file;
  throw new InvalidArgumentError("For standard output use --as jsonl; a file of this name is ./-.");
}

export function parseView(name: string): string {
  if (VIEWS.has(name)) return name;
  if (name === "html") {
    throw new InvalidArgumentError("A page is a file of its own: `novasim view FILE` makes it.");
  }
  const close = nearest(name, VIEWS.keys());
  const known = `There is: ${[...VIEWS.keys()].join(", ")}.`;
  throw new InvalidArgumentError(close === undefined ? known : `Did you mean ${close}? ${known}`);
}

export function parseChapter(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("A chapter is the number of a step: 1, 2, 3.");
}

export function parseName(file: string): string {
  if (file !== "" && file !== "-") return file;
  throw new InvalidArgumentError(file === "" ? "Name a file." : "A file of this name is ./-.");
}
