/**
 * `toReach`, `toHaveNoLeaks`, `toSatisfyInvariants`: what is stored in a cloud, and what services are doing where
 * it is not as wanted. `toReach` alone lets time go by.
 */
import type { Cloud } from "../../../cloud/cloud.js";
import { findingText, INVARIANTS, type Finding } from "../../../framework/invariants.js";
import { formatDuration, parseDuration } from "../../../kernel/index.js";
import { KNOWN } from "../../../scenario/index.js";
import { didYouMean } from "../../../text/nearest.js";
import { cloudIn, outcome, type Outcome } from "./outcome.js";

/** A server that may not be there yet. */
export interface ServerHandle {
  readonly cloud: Cloud;
  /** Or its id. */
  readonly name: string;
}

const PATIENCE = "5m";

export function toReach(received: unknown, status: string, within: string = PATIENCE): Outcome {
  const { cloud, name } = handleIn(received);
  if (!KNOWN.statuses.includes(status)) {
    const hint = didYouMean(status, KNOWN.statuses);
    throw new TypeError(`no server is ever ${status}${hint === undefined ? "" : `. ${hint}`}`);
  }
  const length = parseDuration(within);
  if (length === undefined) throw new TypeError(`${within} is no length of time: write "2m"`);
  const begun = cloud.now;
  const met = (): boolean => cloud.server(name)?.status === status;
  const pass = cloud.kernel.runUntil(met, begun + length);
  if (pass) return outcome(true, [`expected server ${name} not to become ${status}, and it did`]);
  const state = cloud.server(name);
  const fault = state?.fault ?? undefined;
  const now =
    state === undefined
      ? `there is no server ${name}`
      : `it is ${state.status} (${state.vm_state}/${state.task_state ?? "none"}) on ${state.host ?? "no host"}`;
  const busy = cloud.activity();
  return outcome(false, [
    `server ${name} did not become ${status} within ${formatDuration(length)}: ${now}`,
    ...(fault === undefined ? [] : [`its fault: ${fault}`]),
    busy.length === 0 ? "no service is doing anything" : "meanwhile:",
    ...busy.map((line) => `  ${line}`),
  ]);
}

function handleIn(received: unknown): ServerHandle {
  if (typeof received === "object" && received !== null && "cloud" in received) {
    return received as ServerHandle;
  }
  throw new TypeError(
    'toReach is asked of a server: expect(server("t1")).toReach("ACTIVE"), with server of the fixtures',
  );
}

export function toHaveNoLeaks(received: unknown): Outcome {
  const left = cloudIn(received, "toHaveNoLeaks").leftovers();
  if (left.length === 0)
    return outcome(true, ["expected something to be left behind, and nothing is"]);
  return outcome(false, ["left behind:", ...left.map((line) => `  ${line}`)]);
}

/** Which defects of Juno's a test says that it expects. */
export interface InvariantOptions {
  /** Which of Juno's own defects may have struck, by name. Default: all that are documented. */
  readonly exceptions?: readonly string[];
}

export function toSatisfyInvariants(received: unknown, options: InvariantOptions = {}): Outcome {
  const { exceptions } = options;
  const findings = cloudIn(received, "toSatisfyInvariants").invariants();
  const isKnown = ({ exception }: Finding): boolean =>
    exception !== undefined && (exceptions?.includes(exception) ?? true);
  const broken = findings.filter((finding) => !isKnown(finding));
  if (broken.length === 0) {
    return outcome(true, ["expected an invariant to be broken, and all hold"]);
  }
  const known = findings.filter(isKnown);
  return outcome(false, [
    broken.length === 1
      ? "an invariant does not hold:"
      : `${String(broken.length)} invariants do not hold:`,
    ...broken.flatMap((finding) => [
      `  ${findingText(finding)}`,
      `    what should hold: ${INVARIANTS[finding.invariant]}`,
    ]),
    ...(known.length === 0 ? [] : ["beside it, known defects of Juno's:"]),
    ...known.map((finding) => `  ${findingText(finding)}`),
  ]);
}
