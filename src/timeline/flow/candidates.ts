/** What comes nearest to a flow line that was not found, so that its author sees what to change. */
import { nearest } from "../../text/nearest.js";
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
  const alike = likeSpelling(line, entries, facts);
  const found: { entry: Entry; whys: readonly string[] }[] = [];
  for (const entry of entries) {
    const whys = differences(line, entry, facts, alike);
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
function differences(
  line: FlowLine,
  entry: Entry,
  facts: FlowFacts,
  alike: string | undefined,
): string[] | undefined {
  if (fits(line, entry, facts)) return [];
  switch (line.kind) {
    case "rest": {
      if (entry.kind !== "rest.request") return undefined;
      const samePath = isPath(line.path, entry.path);
      const likePath = patternOf(entry.path, line.path) === alike;
      const sameMethod = entry.method === line.method;
      const sameEnds = isParty(line.from, entry.from) && isParty(line.to, entry.to);
      if (!samePath && !likePath && !(sameMethod && sameEnds)) return undefined;
      const status = facts.messages.rest.get(entry.id)?.response?.status;
      return [
        ...(sameMethod ? [] : [`it is a ${entry.method}`]),
        ...(samePath ? [] : [likePath ? `its path is ${entry.path}` : "another path"]),
        ...(sameEnds ? [] : [`from ${entry.from} to ${entry.to}`]),
        ...(line.status === undefined || status === line.status
          ? []
          : [`its status is ${String(status ?? "none")}`]),
      ];
    }
    case "rpc": {
      if (!isRpc(entry)) return undefined;
      const sameMethod = entry.method === line.method;
      if (!sameMethod && entry.method !== alike) return undefined;
      const outcome = facts.messages.rpc.get(entry.id)?.outcome;
      const ended =
        outcome?.kind === "rpc.failure" ? `fails ${outcome.failure.class}` : "does not fail so";
      const verb = entry.kind.slice("rpc.".length);
      const whys = [
        ...(sameMethod ? [] : [`its method is ${entry.method}`]),
        ...(verb === line.verb ? [] : [`it is a ${verb}`]),
        ...(isParty(line.from, entry.from) ? [] : [`from ${entry.from}`]),
        ...(reaches(line.to, entry, facts) ? [] : [`to topic ${entry.topic}`]),
      ];
      return whys.length > 0 ? whys : [`it ${ended}`];
    }
    case "notification":
      if (entry.kind !== "notification") return undefined;
      if (entry.event_type === line.event) return [`published by ${entry.publisher_id}`];
      if (entry.event_type === alike) return [`its event is ${entry.event_type}`];
      return sameFamily(entry.event_type, line.event) ? ["another event"] : undefined;
    case "state": {
      const state = facts.states.get(entry.seq);
      if (state === undefined) return undefined;
      const same = state.names.includes(line.server);
      if (!same && (alike === undefined || !state.names.includes(alike))) return undefined;
      if (!same) return [`the server is ${String(alike)}`];
      return [`it became ${plain(state.vmState)}/${plain(state.taskState)}`];
    }
    default:
      return line satisfies never;
  }
}

/** What the line may have meant to name that nothing in the run is called: method, event, server, path. */
function likeSpelling(
  line: FlowLine,
  entries: readonly Entry[],
  facts: FlowFacts,
): string | undefined {
  switch (line.kind) {
    case "rpc":
      return nearest(line.method, new Set(entries.filter(isRpc).map(({ method }) => method)));
    case "notification":
      return nearest(
        line.event,
        namesIn(entries, "notification", (one) => one.event_type),
      );
    case "rest":
      return nearest(
        line.path,
        namesIn(entries, "rest.request", (one) => patternOf(one.path, line.path)),
      );
    case "state":
      return nearest(line.server, serverNames(facts));
    default:
      return line satisfies never;
  }
}

function namesIn<K extends Entry["kind"]>(
  entries: readonly Entry[],
  kind: K,
  name: (entry: Extract<Entry, { kind: K }>) => string,
): Set<string> {
  const ofKind = (entry: Entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind;
  return new Set(entries.filter(ofKind).map(name));
}

/** `path` without its query, and with the `{x}` of `pattern` where that has some. */
function patternOf(path: string, pattern: string): string {
  const segments = path.replace(/\?.*$/su, "").split("/");
  const wanted = pattern.replace(/\?.*$/su, "").split("/");
  if (segments.length !== wanted.length) return segments.join("/");
  const open = (segment = ""): boolean => /^\{.*\}$/u.test(segment);
  return segments.map((segment, i) => (open(wanted[i]) ? wanted[i] : segment)).join("/");
}

const serverNames = (facts: FlowFacts): Set<string> =>
  new Set([...facts.states.values()].flatMap(({ names }) => names));

/** `compute.instance.create.start` and `compute.instance.create.end`. */
function sameFamily(one: string, other: string): boolean {
  return one.split(".").slice(0, -1).join(".") === other.split(".").slice(0, -1).join(".");
}

function plain(state: unknown): string {
  return typeof state === "string" ? state : "none";
}
