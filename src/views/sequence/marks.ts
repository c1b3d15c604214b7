/** What is no message: states, timeouts, losses, faults, logs, processes, commands, checks. */
import type { Entry } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { clip, count, jsonOf, safe, shortIds } from "../words.js";
import { stateLabel } from "./labels.js";
import { part, type Label, type Level, type MarkRow, type Sign } from "./row.js";

const LONGEST = 120;

/** The mark of `entry`; undefined for what is not shown at that level. */
export function markOf(entry: Entry, model: Model, level: Level): MarkRow | undefined {
  const whole = level === "entries";
  switch (entry.kind) {
    case "db": {
      const change = model.things.changeAt(entry.seq);
      if (change !== undefined) return mark(entry, "state", entry.actor, stateLabel(change));
      if (!whole) return undefined;
      const what = `${safe(entry.op)} ${safe(entry.table)} ${shortIds(safe(String(entry.key)))}`;
      return mark(entry, "write", entry.actor, [part(clip(what, LONGEST), "muted")]);
    }
    case "rpc.timeout": {
      const from = model.messages.rpc.get(entry.id)?.sent.from ?? entry.actor;
      return mark(entry, "timeout", from, [part("timed out: ", "bad"), words(entry.why)]);
    }
    case "rpc.lost": {
      const exchange = model.messages.rpc.get(entry.id);
      // What never left is told at its arrow.
      if (!whole && exchange?.outcome === entry && exchange.delivered.length === 0) {
        return undefined;
      }
      return mark(entry, "lost", entry.actor, [part("✕ lost: ", "bad"), words(entry.why)]);
    }
    case "service":
      return service(entry, whole);
    case "log": {
      const loud = entry.level === "warning" || entry.level === "error";
      if (!loud && !whole) return undefined;
      const label = [part(`${safe(entry.level)}: `, loud ? "bad" : "muted"), words(entry.message)];
      return mark(entry, loud ? "warning" : "log", entry.actor, label);
    }
    case "notification":
      if (!whole) return undefined;
      return mark(entry, "notification", entry.actor, [
        part("notification ", "muted"),
        words(entry.event_type),
      ]);
    case "fault": {
      const struck = entry.entry === undefined ? "" : ` entry ${String(entry.entry)}`;
      const lead = part(`fault ${safe(entry.event)}${struck}: `, "bad");
      return mark(entry, "fault", undefined, [lead, words(entry.fault)]);
    }
    case "client":
      return command(entry, model);
    case "check":
      return check(entry);
    case "decision": {
      if (!whole && entry.chosen !== null) return undefined;
      const whom = safe(entry.name === "" ? entry.instance : entry.name);
      if (entry.chosen !== null) {
        return mark(entry, "other", entry.actor, [words(`chooses ${entry.chosen} for ${whom}`)]);
      }
      const why = `chooses no host for ${whom}${noneLeftBy(entry)}`;
      return mark(entry, "warning", entry.actor, [part(why, "bad")]);
    }
    case "rpc.waits": {
      const method = model.messages.rpc.get(entry.id)?.sent.method ?? "a message";
      return mark(entry, "other", entry.to, [
        words(`has no place in its pool for ${safe(method)}`),
      ]);
    }
    case "step":
    case "rest.request":
    case "rest.response":
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout":
    case "rpc.delivered":
    case "rpc.reply":
    case "rpc.failure":
      return undefined;
    default:
      return unknown(entry);
  }
}

/** `: RamFilter refuses both of 2`: the filter after which no host was left. */
function noneLeftBy({ candidates, filters }: Extract<Entry, { kind: "decision" }>): string {
  if (candidates.length === 0) return ": there is none";
  const last = filters.findLast(({ verdicts }) => verdicts.length > 0);
  if (last === undefined) return "";
  const those = `${String(last.verdicts.length)} of ${count(candidates.length, "host")}`;
  return `: ${safe(last.filter)} refuses ${those}, and no other is left`;
}

export function mark(
  { seq, at }: Entry,
  sign: Sign,
  actor: string | undefined,
  label: Label,
): MarkRow {
  return { kind: "mark", seq, at, sign, actor, label };
}

/** Readers keep kinds that this version does not know. */
function unknown(entry: never): MarkRow {
  const { kind, actor } = entry as Entry;
  return mark(entry, "other", actor, [part("not known here: ", "muted"), words(kind)]);
}

function service(entry: Extract<Entry, { kind: "service" }>, whole: boolean): MarkRow | undefined {
  const { event, actor = "a service" } = entry;
  const name = part(safe(actor.split("@")[0] ?? actor), "strong");
  switch (event) {
    case "crashed":
    case "stopped":
    case "starting":
    case "started":
      return mark(entry, event, actor, [
        name,
        part(` ${event}`, event === "crashed" ? "bad" : "plain"),
      ]);
    default:
      return whole ? mark(entry, "other", actor, [name, words(` ${event}`)]) : undefined;
  }
}

function command(entry: Extract<Entry, { kind: "client" }>, model: Model): MarkRow {
  const lines = entry.stdout.split("\n").length - 1;
  const prints = `prints ${lines === 0 ? "nothing" : count(lines, "line")}, `;
  const exit = part(`exit ${String(entry.exit)}`, entry.exit === 0 ? "good" : "bad");
  const [why = ""] = entry.stderr.trim().split("\n").slice(-1);
  const said =
    entry.exit === 0 || why === "" ? [] : [part(`  ${clip(safe(why), LONGEST)}`, "muted")];
  const actor = entry.actor ?? model.actors.all.find(({ host }) => host === entry.user)?.name;
  return mark(entry, "command", actor, [part(prints), exit, ...said]);
}

function check(entry: Extract<Entry, { kind: "check" }>): MarkRow {
  if (entry.passed) {
    return mark(entry, "holds", undefined, [part("holds: ", "good"), words(entry.what)]);
  }
  const sides = `${clip(jsonOf(entry.expected), 60)} but ${clip(jsonOf(entry.actual), 60)}`;
  return mark(entry, "fails", undefined, [
    part("fails: ", "bad"),
    words(entry.what),
    part(`  expected ${sides}`, "muted"),
  ]);
}

function words(text: string): { readonly text: string; readonly tone: "plain" } {
  return { text: clip(safe(text), LONGEST), tone: "plain" };
}
