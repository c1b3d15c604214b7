/**
 * What makes two entries of two runs the same deed: who, to whom, and what kind of thing. Not on which
 * host, with which values or how it ended: that is what may have changed.
 */
import type { Entry } from "../../timeline/index.js";
import { objectCall } from "../essence.js";
import { withoutIds } from "./plain.js";

export interface Signature {
  /** The same deed. */
  readonly key: string;
  /** A deed of the same sort: for what else finds no partner. */
  readonly loose: string;
}

export function signatureOf(entry: Entry): Signature {
  const [key, loose = key] = partsOf(entry).map((parts) => parts.join(" "));
  const own = key ?? entry.kind;
  return { key: own, loose: loose ?? own };
}

/** The key in parts, and where there is one the loose key in parts. */
function partsOf(entry: Entry): readonly (readonly string[])[] {
  const { kind } = entry;
  const who = serviceOf(entry.actor ?? "");
  switch (entry.kind) {
    case "rest.request": {
      const [path = ""] = withoutIds(entry.path).split("?");
      const ends = [kind, serviceOf(entry.from), serviceOf(entry.to), entry.method];
      return [
        [...ends, path],
        [...ends, path.slice(0, path.lastIndexOf("/"))],
      ];
    }
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout": {
      const object = objectCall(entry.args) ?? "";
      const ends = [kind, serviceOf(entry.from), entry.topic];
      return [
        [...ends, entry.method, object],
        [...ends, entry.method],
      ];
    }
    case "rest.response":
      return [[kind]];
    case "rpc.delivered":
      return [
        [kind, entry.to],
        [kind, serviceOf(entry.to)],
      ];
    case "rpc.reply":
    case "rpc.failure":
    case "rpc.timeout":
    case "rpc.lost":
      return [["outcome"]];
    case "notification":
      return [[kind, who, entry.event_type]];
    case "db":
      return [
        [kind, who, entry.project, entry.op, entry.table, ...Object.keys(entry.changes)],
        [kind, who, entry.project, entry.op, entry.table],
      ];
    case "service":
      return [[kind, who, entry.event]];
    case "log":
      return [
        [kind, who, entry.level, numberless(entry.message)],
        [kind, who, entry.level],
      ];
    case "step":
      return [
        [kind, withoutIds(entry.text)],
        [kind, ...verb(entry.text)],
      ];
    case "client":
      return [
        [kind, withoutIds(entry.command)],
        [kind, ...verb(entry.command)],
      ];
    case "check":
      return [
        [kind, withoutIds(entry.what)],
        [kind, ...verb(entry.what)],
      ];
    case "fault":
      return [
        [kind, entry.event, entry.fault],
        [kind, entry.event],
      ];
    case "decision":
      return [[kind, who]];
    default:
      return [[(entry as Entry).kind]];
  }
}

function serviceOf(actor: string): string {
  const [service = actor] = actor.split("@");
  return service;
}

function numberless(text: string): string {
  return withoutIds(text).replaceAll(/\d+(?:\.\d+)?/gu, "#");
}

/** `nova boot` of whatever is booted how. */
function verb(text: string): readonly string[] {
  const words = text.trim().split(/\s+/u);
  return words.filter((word) => !word.startsWith("-")).slice(0, 2);
}
