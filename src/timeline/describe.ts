/** One entry in one line of plain words, for messages about timelines. Views have richer ones. */
import type { Entry } from "./entry.js";
import type { Messages } from "./messages.js";

/** `nova-api@c1 -> nova-conductor@c1 cast build_instances`, in the language of flow lines. */
export function describeEntry(entry: Entry, messages: Messages): string {
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
    default: {
      const actor = entry.actor === undefined ? "" : ` of ${entry.actor}`;
      return `${entry.kind}${actor}`;
    }
  }
}

function states(changes: Readonly<Record<string, readonly [unknown, unknown]>>): string {
  const columns = Object.entries(changes);
  const told = columns.filter(([column]) => column.endsWith("state") || column === "status");
  const shown = (told.length > 0 ? told : columns).slice(0, 3);
  return shown.map(([column, [, now]]) => `${column}=${JSON.stringify(now)}`).join(" ");
}

/** A payload may hold anything; a terminal must get none of its control characters. */
function clean(text: string): string {
  const safe = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
  return safe.length > 160 ? `${safe.slice(0, 159)}…` : safe;
}
