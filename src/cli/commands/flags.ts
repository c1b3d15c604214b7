/**
 * `novasim flags [SERVICE]`: every flag that services read, with its type, default and help; with
 * `--scenario`, the values that a scenario gives and where they stand in it.
 */
import { listFlags, type FlagRow } from "../../cloud/flags/list.js";
import { readFlagSources, type FlagSources } from "../../cloud/flags/sources.js";
import type { FlagCatalogue } from "../../cloud/flags/types.js";
import { cloudOptions, formatPlace, nearest, type Loaded } from "../../scenario/index.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { flagsAsJson, flagsAsText, type ServiceFlags } from "./flag-table.js";
import { printJson, type SimulatorSession } from "../globals.js";
import { readScenario } from "../files/scenario-files.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

export interface FlagsCommandOptions {
  readonly scenario?: string;
  readonly set: readonly string[];
}

export function flags(
  session: SimulatorSession,
  service: string | undefined,
  options: FlagsCommandOptions,
): ExitCode {
  const { io } = session;
  const catalogue = session.simulator.known.catalogue ?? new Map();
  const services = chosen(service, catalogue);
  const loaded = load(session, service, options);
  if (loaded?.ok === false) return EXIT.bad;
  const given = sourcesOf(loaded, catalogue);
  const from = (row: FlagRow): string | undefined => place(row, given, loaded);
  const lists = services.map((name) => ({
    service: name,
    rows: listFlags(name, catalogue, given),
  }));
  if (session.options.json === true) {
    const results = flagsAsJson(lists, from);
    printJson(session, { novasim: session.version, command: "flags", ok: true, services: results });
  } else {
    const shown = service === undefined ? withCommon(lists) : lists;
    io.stdout.write(flagsAsText(shown, from, io.stdout.columns ?? 100));
  }
  return EXIT.ok;
}

function chosen(service: string | undefined, catalogue: FlagCatalogue): readonly string[] {
  const all = [...catalogue].filter(([, sets]) => sets.length > 0).map(([name]) => name);
  if (service === undefined) return all;
  if (all.includes(service)) return [service];
  const close = nearest(service, all);
  throw new CliError(
    `no service "${service}" reads flags`,
    `${close === undefined ? "" : `Did you mean ${close}? `}There is: ${all.join(", ")}.`,
  );
}

/** The scenario, if one was asked for; its problems are told. */
function load(
  session: SimulatorSession,
  service: string | undefined,
  { scenario: file, set }: FlagsCommandOptions,
): ReturnType<typeof readScenario> | undefined {
  if (file === undefined) {
    if (set.length === 0) return undefined;
    throw new CliError("--set changes a scenario", "Name it with --scenario FILE.");
  }
  const loaded = readScenario(session, file, { set });
  for (const problem of loaded.ok ? loaded.warnings : loaded.problems)
    session.talk.problem(problem);
  if (!loaded.ok) {
    const words = set.flatMap((one) => ["--set", one]);
    const which = service === undefined ? [] : [service];
    session.talk.repeat(
      shellLine(["novasim", "flags", ...which, "--scenario", fileWord(file), ...words]),
    );
  }
  return loaded;
}

function sourcesOf(loaded: Loaded | undefined, catalogue: FlagCatalogue): FlagSources {
  const { flags: values = {}, flag_files: files = {} } =
    loaded === undefined ? {} : cloudOptions(loaded.scenario);
  return readFlagSources(values, files, catalogue);
}

/** Where the value of a flag was given: in the scenario's own lines, or in a file that it holds. */
function place(
  { origin }: FlagRow,
  { entries }: FlagSources,
  loaded: Loaded | undefined,
): string | undefined {
  if (origin === undefined || loaded === undefined) return undefined;
  const entry = entries.find(({ given }) => given.origin === origin);
  if (entry !== undefined) return formatPlace(loaded.place(["cloud", ...entry.path, entry.key]));
  return formatPlace({ ...origin, file: origin.label });
}

/** What every service reads alike is said once. */
function withCommon(lists: readonly ServiceFlags[]): readonly ServiceFlags[] {
  const [first, ...others] = lists;
  if (first === undefined) return [];
  const same = (a: FlagRow, b: FlagRow): boolean => JSON.stringify(a) === JSON.stringify(b);
  const common = first.rows.filter((row) =>
    others.every(({ rows }) => rows.some((other) => same(row, other))),
  );
  const own = lists.map(({ service, rows }) => ({
    service,
    rows: rows.filter((row) => !common.some((other) => same(row, other))),
  }));
  return [{ service: "every service", rows: common }, ...own];
}
