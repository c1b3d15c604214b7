/**
 * Of the entries of a message what tells how it ended, without what was said in it. A view that has
 * put the words of a message on a row already need not hold its payload until the answer comes.
 */
import type { Entry } from "../../timeline/index.js";

/** Of what fails, the body says why. */
const FAILED = 400;

/** `entry` without its payloads; itself where it has none. */
export function slim(entry: Entry): Entry {
  switch (entry.kind) {
    case "rest.request":
      return { ...entry, headers: {}, body: null };
    case "rest.response":
      return { ...entry, headers: {}, body: entry.status < FAILED ? null : entry.body };
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout":
      return { ...entry, args: null };
    case "rpc.reply":
      return { ...entry, result: null };
    default:
      return entry;
  }
}
