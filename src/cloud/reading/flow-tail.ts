/** The last of what happened, for whoever asks why something did not: a few lines of the flow, oldest first. */
import { Messages, describeEntry, type Entry, type Timeline } from "../../timeline/index.js";

/** @returns at most `lines` of them */
export function flowTail({ entries }: Timeline, lines: number): string[] {
  const last: Entry[] = [];
  for (let index = entries.length - 1; index >= 0 && last.length < lines; index--) {
    const entry = entries[index];
    if (entry !== undefined && shows(entry)) last.unshift(entry);
  }
  const messages = new Messages(entries);
  return last.map((entry) => `${timeOf(entry)}  ${describeEntry(entry, messages)}`);
}

/** Who asked whom, what changed, what went wrong; not each answer. */
function shows(entry: Entry): boolean {
  switch (entry.kind) {
    case "rest.response":
    case "rpc.delivered":
    case "rpc.waits":
    case "rpc.reply":
    case "notification":
    case "decision":
      return false;
    case "db":
      return Object.keys(entry.changes).some((column) => /(^|_)(state|status)$/u.test(column));
    case "log":
      return entry.level === "warning" || entry.level === "error";
    default:
      return true;
  }
}

/** Seconds, to the millisecond. */
const timeOf = ({ at }: Entry): string => `${(at / 1_000_000).toFixed(3)}s`;
