/** One entry in one line of plain words, for messages about timelines. Views have richer ones. */
import { refuse } from "./checks/given.js";
import type { Observation } from "../kernel/index.js";
import type { Entry } from "./entry.js";
import type { Messages } from "./messages.js";

/**
 * `nova-api@c1 -> nova-conductor@c1 cast build_instances`, in the language of flow lines.
 *
 * @example
 * ```ts
 * import { Cloud, Messages, describeEntry } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const { entries } = cloud.timeline;
 * const messages = new Messages(entries);
 * const login = entries.find(({ kind }) => kind === "rest.request");
 * if (login) console.log(describeEntry(login, messages)); // nova-client@demo -> keystone@controller POST /v2.0/tokens 200
 * ```
 */
export function describeEntry(entry: Entry, messages: Messages): string {
  const given: unknown = entry;
  if (typeof given !== "object" || given === null || !("kind" in given)) {
    refuse(given, "describeEntry", "an entry of a timeline");
  }
  const known: unknown = messages;
  if (typeof known !== "object" || known === null || !("rest" in known)) {
    refuse(known, "describeEntry", "new Messages(entries) as the second argument");
  }
  return clean(words(entry, messages));
}

function words(entry: Entry, messages: Messages): string {
  switch (entry.kind) {
    case "rest.request": {
      const status = messages.rest.get(entry.id)?.response?.status;
      return `${entry.from} -> ${entry.to} ${entry.method} ${entry.path}${status === undefined ? "" : ` ${String(status)}`}`;
    }
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout": {
      const to = messages.rpc.get(entry.id)?.delivered[0]?.to ?? entry.server ?? entry.topic;
      return `${entry.from} -> ${to} ${entry.kind.slice("rpc.".length)} ${entry.method}`;
    }
    case "notification":
      return `${entry.publisher_id} notification ${entry.event_type}`;
    case "db":
      return `${entry.op} of ${entry.table} ${String(entry.key)}: ${states(entry.changes)}`;
    case "rest.response": {
      const sent = messages.rest.get(entry.id)?.sent;
      const to = sent === undefined ? "a request" : `${sent.method} ${sent.path} of ${sent.from}`;
      return entry.status === 0
        ? `no answer to ${to}: ${entry.error ?? "it is not known why"}`
        : `${String(entry.status)} to ${to}`;
    }
    case "rpc.waits":
      return `${methodOf(entry.id, messages)} waits for a place in the pool of ${entry.to}`;
    case "rpc.delivered":
      return `${entry.to} takes ${methodOf(entry.id, messages)} from ${entry.queue}`;
    case "rpc.reply":
      return `${entry.from} answers ${methodOf(entry.id, messages)} of ${entry.to}`;
    case "rpc.failure": {
      const { class: name, message } = entry.failure;
      return `${methodOf(entry.id, messages)} of ${entry.to} fails at ${entry.from}: ${name}: ${message}`;
    }
    case "rpc.timeout":
      return `${methodOf(entry.id, messages)} timed out: ${entry.why}`;
    case "rpc.lost":
      return `${methodOf(entry.id, messages)} was lost: ${entry.why}`;
    case "service":
      return `${entry.actor ?? "a service"} ${entry.event}`;
    case "log":
      return `${entry.actor ?? "somebody"} logs ${entry.level}: ${entry.message}`;
    case "step":
      return `step ${String(entry.index + 1)}: ${entry.text === "" ? (entry.note ?? "") : entry.text}`;
    case "client":
      return `${entry.user} typed: ${entry.command} (exit ${String(entry.exit)})`;
    case "fault":
      return `fault ${entry.event}: ${entry.fault}`;
    case "decision": {
      const whom = entry.name === "" ? entry.instance : entry.name;
      return `${entry.actor ?? "somebody"} chooses ${entry.chosen ?? "no host"} for ${whom}`;
    }
    case "check":
      return `${entry.passed ? "holds" : "does not hold"}: ${entry.what}`;
    default:
      return unknownKind(entry);
  }
}

/** Readers keep kinds that this version does not know. */
function unknownKind(entry: never): string {
  const { kind, actor } = entry as Observation;
  return actor === undefined ? kind : `${kind} of ${actor}`;
}

/** `call select_destinations`: what the message says that something befell. */
function methodOf(id: number, messages: Messages): string {
  const sent = messages.rpc.get(id)?.sent;
  return sent === undefined ? "a message" : `${sent.kind.slice("rpc.".length)} ${sent.method}`;
}

function states(changes: Readonly<Record<string, unknown>>): string {
  const columns = Object.entries(changes);
  const told = columns.filter(([column]) => column.endsWith("state") || column === "status");
  const shown = (told.length > 0 ? told : columns).slice(0, 3);
  return shown.map(([column, change]) => `${column}=${becomes(change)}`).join(" ");
}

/** A change that was too long for its recording is no pair there, but its size and digest. */
const becomes = (change: unknown): string =>
  Array.isArray(change) ? JSON.stringify(change[1]) : "…";

/** A payload may hold anything; a terminal must get none of its control characters. */
function clean(text: string): string {
  const safe = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
  return safe.length > 160 ? `${safe.slice(0, 159)}…` : safe;
}
