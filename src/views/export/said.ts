/** What messages, steps and points say in a few words that are safe to show in any tool. */
import type { Entry, RpcSentEntry } from "../../timeline/index.js";
import { essenceOfArgs, essenceOfBody, messageIn, objectCall } from "../essence.js";
import { clip, jsonOf, safe, shortIds } from "../words.js";

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

/** Longer texts say no more at a glance. */
const LONGEST = 160;

export interface Said {
  /** The entry that sent it. */
  readonly seq: number;
  readonly family: "rest" | "rpc";
  /** `GET`, `call`, `cast`, `fanout`. */
  readonly verb: string;
  /** A path, or the name of a method. */
  readonly what: string;
  /** `GET /v2/servers`, `call select_destinations`, `call object_action Instance.save`. */
  readonly name: string;
  /** An actor or an address, or a topic and perhaps a server. */
  readonly to: string;
  readonly args: string;
  readonly request: string | undefined;
}

export function ofRest({ seq, method, path, to, body, request }: Of<"rest.request">): Said {
  const what = line(path);
  const verb = line(method);
  const args = line(essenceOfBody(body));
  const name = `${verb} ${shortIds(what)}`;
  return { seq, family: "rest", verb, what, name, to, args, request: optional(request) };
}

export function ofRpc(entry: RpcSentEntry): Said {
  const { seq, kind, method, topic, server, args, request } = entry;
  const verb = kind.slice("rpc.".length);
  const what = line(method);
  const object = objectCall(args);
  const name = object === undefined ? `${verb} ${what}` : `${verb} ${what} ${line(object)}`;
  const to = line(typeof server === "string" && server !== "" ? `${topic}.${server}` : topic);
  const said = line(essenceOfArgs(args));
  return { seq, family: "rpc", verb, what, name, to, args: said, request: optional(request) };
}

/** How a request ended: `202`, `404: Image not found.`, `no answer: connection refused`. */
export function answerOf({ status, error, body }: Of<"rest.response">): string {
  const why = error ?? (status < 400 ? undefined : messageIn(body));
  const code = status === 0 ? "no answer" : String(status);
  return line(why === undefined ? code : `${code}: ${why}`);
}

export function failureOf({ failure }: Of<"rpc.failure">): string {
  return line(`${failure.class}: ${failure.message}`);
}

/** `2. nova boot t3`; of a mere note what it notes. */
export function ofStep({ index, text, note }: Of<"step">): string {
  return line(`${String(index + 1)}. ${text === "" ? (note ?? "") : text}`);
}

/** An entry that takes no time, in a line. */
export function ofPoint(entry: Entry): string {
  switch (entry.kind) {
    case "db":
      return line(`${entry.op} ${entry.table} ${String(entry.key)}`);
    case "notification":
      return line(entry.event_type);
    case "log":
      return line(`${entry.level}: ${entry.message}`);
    case "fault":
      return line(`fault ${entry.event}: ${entry.fault}`);
    case "check":
      return line(`${entry.passed ? "holds" : "does not hold"}: ${entry.what}`);
    case "service":
      return line(entry.event);
    case "rpc.timeout":
      return line(`timed out: ${entry.why}`);
    case "rpc.lost":
      return line(`lost: ${entry.why}`);
    case "rpc.waits":
      return line(`${entry.queue}: waits for a place in the pool`);
    case "decision":
      return line(`chooses ${entry.chosen ?? "no host"} for ${entry.name}`);
    default:
      return line(entry.kind);
  }
}

/** More of a point than its line says: what a row's columns became. */
export function detailOf(entry: Entry): string {
  if (entry.kind === "db") {
    const columns = Object.entries(entry.changes).map(([column, pair]): [string, unknown] => [
      column,
      Array.isArray(pair) ? pair[1] : pair,
    ]);
    return line(essenceOfArgs(Object.fromEntries(columns)));
  }
  if (entry.kind === "notification") return line(essenceOfArgs(entry.payload));
  return entry.kind === "check" && !entry.passed
    ? line(`expected ${jsonOf(entry.expected)}, actual ${jsonOf(entry.actual)}`)
    : "";
}

/** Safe, in one line, and no longer than one reads. */
export const line = (text: string): string => clip(safe(text), LONGEST);

const optional = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : line(text);
