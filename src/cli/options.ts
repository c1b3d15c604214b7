/** Options that several commands have. How what is written behind them is read, `arguments.ts` says. */
import { Option } from "commander";
import { VIEWS } from "../views/index.js";
import { CliError } from "./exit.js";
import type { RunCommandOptions } from "./loaded-run.js";

const several = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

const listed = (text: string): readonly string[] => text.split(",").map((word) => word.trim());

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
