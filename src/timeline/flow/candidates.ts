/** What comes nearest to a flow line that was not found, so that its author sees what to change. */
import type { Entry } from "../entry.js";
import { fits, isParty, isPath, isRpc, reaches, type FlowFacts } from "./fit.js";
import type { FlowLine } from "./line.js";

export interface Candidate {
  readonly entry: Entry;
  /** In what it differs from the line. */
  readonly why: string;
}

const MOST = 3;

/** The best candidates first; among equals, those nearest to where the search began. */
export function candidates(
  line: FlowLine,
  entries: readonly Entry[],
  facts: FlowFacts,
  after: Entry | undefined,
): Candidate[] {
  const from = after?.seq ?? -1;
  const found: { entry: Entry; whys: readonly string[] }[] = [];
  for (const entry of entries) {
    const whys = differences(line, entry, facts);
    if (whys === undefined) continue;
    // An entry that fits was not found only because it came too early.
    found.push({ entry, whys: entry.seq <= from ? [...whys, "it came earlier"] : whys });
  }
  return found
    .sort(
      (a, b) =>
        a.whys.length - b.whys.length ||
        away(a.entry, from) - away(b.entry, from) ||
        a.entry.seq - b.entry.seq,
    )
    .slice(0, MOST)
    .map(({ entry, whys }) => ({ entry, why: whys.join("; ") }));
}

function away(entry: Entry, from: number): number {
  return Math.abs(entry.seq - from);
}

/** In what `entry` differs from `line`; undefined when they have too little in common. */
function differences(line: FlowLine, entry: Entry, facts: FlowFacts): string[] | undefined {
  if (fits(line, entry, facts)) return [];
  switch (line.kind) {
    case "rest": {
      if (entry.kind !== "rest.request") return undefined;
      const samePath = isPath(line.path, entry.path);
      const sameMethod = entry.method === line.method;
      const sameEnds = isParty(line.from, entry.from) && isParty(line.to, entry.to);
      if (!samePath && !(sameMethod && sameEnds)) return undefined;
      const status = facts.messages.rest.get(entry.id)?.response?.status;
      return [
        ...(sameMethod ? [] : [`it is a ${entry.method}`]),
        ...(samePath ? [] : ["another path"]),
        ...(sameEnds ? [] : [`from ${entry.from} to ${entry.to}`]),
        ...(line.status === undefined || status === line.status
          ? []
          : [`its status is ${String(status ?? "none")}`]),
      ];
    }
    case "rpc": {
      if (!isRpc(entry) || entry.method !== line.method) return undefined;
      const outcome = facts.messages.rpc.get(entry.id)?.outcome;
      const ended =
        outcome?.kind === "rpc.failure" ? `fails ${outcome.failure.class}` : "does not fail so";
      const verb = entry.kind.slice("rpc.".length);
      const whys = [
        ...(verb === line.verb ? [] : [`it is a ${verb}`]),
        ...(isParty(line.from, entry.from) ? [] : [`from ${entry.from}`]),
        ...(reaches(line.to, entry, facts) ? [] : [`to topic ${entry.topic}`]),
      ];
      return whys.length > 0 ? whys : [`it ${ended}`];
    }
    case "notification":
      if (entry.kind !== "notification") return undefined;
      if (entry.event_type === line.event) return [`published by ${entry.publisher_id}`];
      return sameFamily(entry.event_type, line.event) ? ["another event"] : undefined;
    case "state": {
      const state = facts.states.get(entry.seq);
      if (state === undefined || !state.names.includes(line.server)) return undefined;
      return [`it became ${plain(state.vmState)}/${plain(state.taskState)}`];
    }
    default:
      return line satisfies never;
  }
}

/** `compute.instance.create.start` and `compute.instance.create.end`. */
function sameFamily(one: string, other: string): boolean {
  return one.split(".").slice(0, -1).join(".") === other.split(".").slice(0, -1).join(".");
}

function plain(state: unknown): string {
  return typeof state === "string" ? state : "none";
}
