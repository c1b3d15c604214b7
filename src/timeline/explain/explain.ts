/**
 * Why a server is in its state, from a recording alone: the entry that wrote the state, what led to it, and what
 * went wrong or is still awaited on the way. It follows causes; it knows nothing of what should have happened.
 */
import { assertText, assertTimeline } from "../checks/given.js";
import { describeEntry } from "../describe.js";
import type { Entry, Timeline } from "../entry.js";
import { Messages } from "../messages.js";
import { serverHistory, type ServerHistory } from "./server-history.js";

/** A chain is told in no more lines than this; the middle is left out. */
const LONGEST = 24;

/**
 * Why a server of a recording is in its state, in lines of plain words: what wrote the state and what led to it,
 * oldest first, what went wrong on the way, and what is still awaited.
 * @param timeline a cloud's own, or one that was read from a file; at detail `full` it also has which host failed
 *   which filter
 * @param nameOrId the newest of that name, or an id
 * @returns one line if the recording has no such server
 *
 * @example
 * ```ts
 * import { Cloud, explainServer } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * cloud.settle();
 * explainServer(cloud.timeline, "t1").some((line) => line.includes("is active since")); // → true
 * ```
 */
export function explainServer(timeline: Timeline, nameOrId: string): string[] {
  assertTimeline(timeline, "explainServer");
  assertText(nameOrId, "explainServer", "the name or id of a server as the second argument");
  const history = serverHistory(timeline, nameOrId);
  if (history === undefined) return [`the recording has no server "${nameOrId}"`];
  const { entries } = timeline;
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const messages = new Messages(entries);
  const line = (entry: Entry): string =>
    `  ${timeOf(entry.at)}  ${who(entry)}${describeEntry(entry, messages)}`;
  const chain = causesOf(history.written, bySeq);
  const request = chain[0]?.seq;
  const tree = entries.filter((entry) => rootOf(entry, bySeq) === request);
  const wrong = tree.filter((entry) => isTrouble(entry, history));
  const open = tree.filter((entry) => isOpen(entry, messages));
  return [
    headline(history),
    ...(chain.length > 1
      ? ["what led to it:", ...shortened(chain.filter(tells)).map(textOf(line))]
      : []),
    ...(wrong.length > 0
      ? ["what went wrong on the way:", ...wrong.flatMap(troubleLines(line))]
      : []),
    ...(open.length > 0 ? ["what has had no answer:", ...open.map(line)] : []),
  ];
}

function headline({ id, name, state, before, written, passing }: ServerHistory): string {
  const change = before === undefined ? `new, as ${state}` : `${before} → ${state}`;
  const by = written.actor === undefined ? "" : `, written by ${written.actor}`;
  const rest = passing ? "; something is being done with it, or was given up" : "";
  return `server ${name} (${id}) is ${state} since ${timeOf(written.at)}: ${change}${by}${rest}`;
}

/** From the first cause to `entry` itself. */
function causesOf(entry: Entry, bySeq: ReadonlyMap<number, Entry>): Entry[] {
  const chain: Entry[] = [];
  for (let at: Entry | undefined = entry; at !== undefined; at = bySeq.get(at.cause ?? -1)) {
    chain.unshift(at);
  }
  return chain;
}

const rootOf = (entry: Entry, bySeq: ReadonlyMap<number, Entry>): number => {
  let at = entry;
  for (
    let cause = bySeq.get(at.cause ?? -1);
    cause !== undefined;
    cause = bySeq.get(at.cause ?? -1)
  ) {
    at = cause;
  }
  return at.seq;
};

/** Of a chain: who asked for what to be done, and what was written. What was only read on the way is left out. */
function tells(entry: Entry): boolean {
  switch (entry.kind) {
    case "rest.request":
      return entry.method !== "GET" && entry.method !== "HEAD";
    case "rpc.delivered":
    case "rpc.waits":
    case "rpc.reply":
    case "rest.response":
      return false;
    default:
      return true;
  }
}

/** Something failed, was lost, or found no host; of rows only what Nova writes of a server's fault. */
function isTrouble(entry: Entry, { id }: ServerHistory): boolean {
  switch (entry.kind) {
    case "rpc.failure":
    case "rpc.timeout":
    case "rpc.lost":
      return true;
    case "fault":
      return entry.event === "struck";
    case "decision":
      return entry.chosen === null && entry.instance === id;
    case "log":
      return entry.level === "error" || entry.level === "warning";
    case "rest.response":
      return entry.status === 0 || entry.status >= 500;
    case "db":
      return entry.table === "instance_faults" && entry.changes["instance_uuid"]?.[1] === id;
    default:
      return false;
  }
}

/** A message that nobody has taken, or a call or request that nobody has answered. */
function isOpen(entry: Entry, messages: Messages): boolean {
  switch (entry.kind) {
    case "rest.request":
      return messages.rest.get(entry.id)?.response === undefined;
    case "rpc.call":
      return messages.rpc.get(entry.id)?.outcome === undefined;
    case "rpc.cast": {
      const exchange = messages.rpc.get(entry.id);
      return exchange?.outcome === undefined && exchange?.delivered.length === 0;
    }
    default:
      return false;
  }
}

const troubleLines =
  (line: (entry: Entry) => string) =>
  (entry: Entry): string[] => {
    if (entry.kind === "db") {
      const message = entry.changes["message"]?.[1];
      return [`  ${timeOf(entry.at)}  its fault is written: ${String(message)}`];
    }
    if (entry.kind !== "decision") return [line(entry)];
    const refused = entry.filters.flatMap(({ filter, verdicts }) =>
      verdicts
        .filter(([, passed]) => !passed)
        .map(([host, , compared]) => `      ${host} fails ${filter}: ${compared}`),
    );
    return [line(entry), ...refused];
  };

const textOf =
  (line: (entry: Entry) => string) =>
  (part: Entry | string): string =>
    typeof part === "string" ? part : line(part);

function shortened(chain: readonly Entry[]): (Entry | string)[] {
  if (chain.length <= LONGEST) return [...chain];
  const half = LONGEST / 2;
  const left = chain.length - LONGEST;
  return [...chain.slice(0, half), `  ... ${String(left)} more ...`, ...chain.slice(-half)];
}

/** Who wrote a row, which its words do not say. */
const who = (entry: Entry): string =>
  entry.kind === "db" && entry.actor !== undefined ? `${entry.actor}: ` : "";

/** Seconds, to the millisecond. */
const timeOf = (at: number): string => `${(at / 1_000_000).toFixed(3)}s`;
