/** One scenario, loaded and run once, its failures told. What `run`, `replay` and `doctor` share. */
import { CloudError } from "../cloud/errors.js";
import { FlagError } from "../framework/index.js";
import type { Detail } from "../kernel/index.js";
import {
  formatDuration,
  ScenarioRun,
  type Failure,
  type FailureKind,
  type Loaded,
  type Result,
} from "../scenario/index.js";
import type { Actor, Sink } from "../timeline/index.js";
import { CliError } from "./exit.js";
import type { Session, SimulatorSession } from "./globals.js";

/** @throws CliError if no cloud can be made as the scenario wants it */
export function newRun(
  session: SimulatorSession,
  loaded: Loaded,
  sink: Sink | undefined,
  detail: Detail,
  served?: Actor,
): ScenarioRun {
  const { simulator, talk, version } = session;
  const hosts = hostsOf(loaded);
  if (hosts >= MANY_HOSTS) talk.say(`starting ${String(hosts)} compute hosts; this takes a while`);
  try {
    return new ScenarioRun({
      ...{ loaded, makeWorld: simulator.makeWorld, version, sink, detail, served },
    });
  } catch (error) {
    if (!(error instanceof Error) || !isMistake(error)) throw error;
    throw new CliError(`${loaded.file}: the cloud cannot be made: ${error.message}`);
  }
}

/** So many take a second or more to start, and a person wonders. */
const MANY_HOSTS = 500;

function hostsOf({ scenario }: Loaded): number {
  const computes = scenario.cloud?.computes ?? 1;
  return typeof computes === "number" ? computes : computes.length;
}

/** Errors by which a Cloud refuses options; others are bugs. */
function isMistake(error: Error): boolean {
  return error instanceof CloudError || error instanceof FlagError;
}

/** A failure with its place in the file, what is the case, and what led there. */
export function tellFailure({ talk }: Session, failure: Failure, file: string): void {
  talk.problem({ severity: "error", message: failure.what, place: failure.place ?? { file } });
  talk.details([...failure.details, ...advice(failure.kind)]);
}

function advice(kind: FailureKind): readonly string[] {
  switch (kind) {
    case "expectation":
    case "step":
      return [];
    case "broken":
      return ["The run cannot go on from here. Recorded with --record, it shows what led there."];
    default:
      return kind satisfies never;
  }
}

/** What may be a mistake although nothing failed. */
export function tellWarnings({ talk }: Session, { warnings }: Result, file: string): void {
  for (const message of warnings) talk.problem({ severity: "warning", message, place: { file } });
}

/** What the run left behind and said nothing of. */
export function tellLeftovers({ talk }: Session, { leftovers }: Result): void {
  for (const line of leftovers) talk.say(`left behind: ${line}`);
}

/** `boot: ok, 4 steps, 193 entries, 1m 12s of virtual time, seed 7`. */
export function summaryLine(result: Result): string {
  const { scenario, ok, steps, entries, at, seed } = result;
  const recorded = entries === 0 ? [] : [`${String(entries)} entries`];
  return [
    `${scenario}: ${ok ? "ok" : "FAILED"}`,
    `${String(steps)} ${steps === 1 ? "step" : "steps"}`,
    ...recorded,
    `${formatDuration(at)} of virtual time`,
    `seed ${String(seed)}`,
  ].join(", ");
}
