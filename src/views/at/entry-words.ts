/** What kind of thing an entry is, and what it says, in words for a reader. */
import { describeEntry, type Entry, type Exchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { pathWord } from "../sequence/labels.js";
import { clip, safe } from "../words.js";

const LONGEST = 160;

/** A title and its tone. */
export function titleOf(entry: Entry, exchange: Exchange | undefined): readonly [string, string] {
  if (exchange?.kind === "rest") {
    const words = `REST ${safe(exchange.sent.method)}`;
    return entry.kind === "rest.response" ? [`Answer to ${words}`, "rest"] : [words, "rest"];
  }
  if (exchange?.kind === "rpc") {
    const verb = exchange.sent.kind.slice("rpc.".length);
    switch (entry.kind) {
      case "rpc.delivered":
        return [`RPC ${verb}, taken from its queue`, verb === "call" ? "call" : "cast"];
      case "rpc.reply":
        return ["Reply to an RPC call", "call"];
      case "rpc.failure":
        return ["Failure of an RPC call", "bad"];
      case "rpc.timeout":
        return ["RPC call, timed out", "bad"];
      case "rpc.lost":
        return [`RPC ${verb}, lost`, "bad"];
      default:
        if (verb === "call") return ["RPC call, waited for", "call"];
        return [verb === "cast" ? "RPC cast, nobody waits" : "RPC fanout, to everybody", "cast"];
    }
  }
  const titles: Readonly<Record<string, readonly [string, string]>> = {
    step: ["Step of the scenario", ""],
    client: ["Command", ""],
    check: ["Check", ""],
    fault: ["Fault", "bad"],
    db: ["Row written", "state"],
    service: ["Process", ""],
    log: ["Log", ""],
    notification: ["Notification", ""],
    decision: ["Decision", ""],
  };
  return Object.hasOwn(titles, entry.kind)
    ? (titles[entry.kind] ?? ["", ""])
    : [`Not known here: "${clip(safe(entry.kind), 40)}"`, ""];
}

export function wordsOf(entry: Entry, { messages }: Model): string {
  switch (entry.kind) {
    case "rest.request":
      return `${safe(entry.method)} ${pathWord(entry.path)}`;
    case "rest.response": {
      const sent = messages.rest.get(entry.id)?.sent;
      const what = sent === undefined ? "" : ` to ${safe(sent.method)} ${pathWord(sent.path)}`;
      return `${entry.status === 0 ? "no answer" : String(entry.status)}${what}`;
    }
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout":
      return `${entry.kind.slice("rpc.".length)} ${safe(entry.method)}`;
    default:
      return clip(describeEntry(entry, messages), LONGEST);
  }
}
