/** From entries to the rows of the text view: which entries a person needs to see, and as what. */
import { Messages, type Entry, type Timeline } from "../../timeline/index.js";
import { naming } from "../essence.js";
import { MessageRows } from "./message-rows.js";
import type { Names } from "../names.js";
import { row, type Row } from "./row.js";
import { Scopes } from "../model/scopes.js";
import { States } from "../states.js";
import { columns } from "../../text/width.js";
import { clip, count, jsonOf, safe } from "../words.js";

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

/** What a log says in more than this has a line of its own. */
const SHORT_MESSAGE = 24;
/** Lines of a command's output before it is cut. */
const MOST_OUTPUT = 36;
/** Columns of such a line: enough for a table or an error, not for the body of an answer. */
const LONGEST_OUTPUT = 180;

export class Rows {
  readonly states: States;
  readonly #verbose: boolean;
  readonly #names: Names;
  readonly #made: MessageRows;
  readonly #scopes: Scopes;
  readonly #severalUsers: boolean;

  constructor({ header, entries }: Timeline, names: Names, verbose: boolean) {
    this.states = new States(header);
    this.#verbose = verbose;
    this.#names = names;
    const messages = new Messages(entries);
    this.#made = new MessageRows(messages, names, verbose);
    this.#scopes = new Scopes(entries, messages);
    const users = new Set<unknown>();
    for (const entry of entries) if (entry.kind === "client") users.add(entry.user);
    this.#severalUsers = users.size > 1;
  }

  /** The row of `entry`; undefined for what is told elsewhere or is of no interest. Call in order. */
  of(entry: Entry): Row | undefined {
    // States must see every change, also those that are not shown.
    const change = entry.kind === "db" ? this.#state(entry) : undefined;
    if (change !== undefined) return change;
    if (entry.quiet === true && !this.#verbose) return undefined;
    switch (entry.kind) {
      case "rest.request":
        return this.#made.rest(entry, this.#depth(entry));
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return this.#made.rpc(entry, this.#depth(entry));
      case "notification":
        return this.#notification(entry);
      case "service":
        return this.#service(entry);
      case "client":
        return this.#client(entry);
      case "log":
        return this.#log(entry);
      case "fault":
        return this.#fault(entry);
      case "check":
        return this.#check(entry);
      case "db":
        return this.#write(entry);
      default:
        // Steps are headings; deliveries and answers stand on the row of their message; unknown
        // kinds are for a later version.
        return undefined;
    }
  }

  #state(entry: Of<"db">): Row | undefined {
    const change = this.states.see(entry);
    if (change === undefined) return undefined;
    const { thing, name, before, after } = change;
    const turn = before === undefined ? `new: ${after ?? ""}` : `${before} → ${after ?? "gone"}`;
    return row(entry.at, this.#depth(entry), {
      lead: `◆ ${thing} ${clip(name, 40)}  ${turn}`,
      tone: "state",
      end: entry.actor === undefined ? "" : `by ${this.#names.of(entry.actor)}`,
      aside: true,
      important: after === "error",
    });
  }

  #write(entry: Of<"db">): Row | undefined {
    if (!this.#verbose) return undefined;
    return row(entry.at, this.#depth(entry), {
      lead: `· ${entry.op} ${safe(entry.project)}.${safe(entry.table)}`,
      what: safe(String(entry.key)),
      extra: jsonOf(entry.changes),
    });
  }

  #notification(entry: Of<"notification">): Row {
    const publisher = this.#names.of(entry.actor ?? entry.publisher_id);
    return row(entry.at, this.#depth(entry), {
      lead: `✉ ${publisher}`,
      what: safe(entry.event_type),
      extra: this.#verbose ? jsonOf(entry.payload) : (naming(entry.payload) ?? ""),
      tone: "dim",
    });
  }

  #service(entry: Of<"service">): Row | undefined {
    const { event } = entry;
    const loud = event === "started" || event === "stopped" || event === "crashed";
    if (!loud && !this.#verbose) return undefined;
    return row(entry.at, this.#depth(entry), {
      lead: `● ${this.#names.of(entry.actor ?? "a service")}`,
      what: safe(event),
      tone: event === "crashed" ? "bad" : "dim",
      important: event === "crashed",
    });
  }

  #client(entry: Of<"client">): Row {
    const stdout = this.#shortened(outputLines(entry.stdout));
    const stderr = this.#shortened(outputLines(entry.stderr));
    // What a command that went well says beside its output is a trace of how it came to it.
    const output = entry.exit === 0 ? [...stderr, ...stdout] : [...stdout, ...stderr];
    const who = this.#severalUsers ? safe(entry.user) : "";
    return row(entry.at, 0, {
      lead: `${who}$ ${safe(entry.command)}`,
      tone: "strong",
      end: entry.exit === 0 ? "exit 0" : `✗ exit ${String(entry.exit)}`,
      endTone: entry.exit === 0 ? "good" : "bad",
      block: output,
      important: true,
    });
  }

  #shortened(lines: readonly string[]): readonly string[] {
    if (this.#verbose) return lines;
    const some = lines.filter((line) => line !== "");
    const kept = some.slice(0, MOST_OUTPUT).map((line) => clip(line, LONGEST_OUTPUT));
    const more = some.length - kept.length;
    return more > 0 ? [...kept, `… ${count(more, "more line")}`] : kept;
  }

  #log(entry: Of<"log">): Row | undefined {
    const loud = entry.level === "warning" || entry.level === "error";
    if (!loud && !this.#verbose) return undefined;
    const message = safe(entry.message);
    const long = loud && !this.#verbose && columns(message) > SHORT_MESSAGE;
    return row(entry.at, this.#depth(entry), {
      lead: `${loud ? "!" : "·"} ${this.#names.of(entry.actor ?? "log")}`,
      what: long ? safe(entry.level) : `${safe(entry.level)}: ${message}`,
      block: long ? [message] : [],
      tone: entry.level === "error" ? "bad" : loud ? "warn" : "dim",
    });
  }

  #fault(entry: Of<"fault">): Row {
    const struck = entry.entry === undefined ? "" : ` entry ${String(entry.entry)}`;
    return row(entry.at, 0, {
      lead: `⚡ fault ${safe(entry.event)}${struck}: ${safe(entry.fault)}`,
      tone: entry.event === "lifted" ? "good" : "bad",
      important: true,
    });
  }

  #check(entry: Of<"check">): Row {
    const sides = entry.passed
      ? []
      : [`expected ${jsonOf(entry.expected)}`, `  actual ${jsonOf(entry.actual)}`];
    // The command itself stands above; what is new is that it was looked at.
    const ofCommand = entry.passed && isOfCommand(entry.expected);
    return row(entry.at, 0, {
      lead: `${entry.passed ? "✓" : "✗"} ${ofCommand ? "output and exit code as expected" : safe(entry.what)}`,
      tone: entry.passed ? "good" : "bad",
      block: sides,
      important: true,
    });
  }

  #depth(entry: Entry): number {
    return this.#scopes.depth(entry);
  }
}

/** What a command printed, line by line; nothing for nothing. */
function outputLines(text: string | undefined): string[] {
  if (text === undefined || text === "") return [];
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line) => safe(line.replace(/\r$/, "").replaceAll("\t", "    ")));
}

/** Whether what was expected is how a command ends and what it prints. */
function isOfCommand(expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return false;
  const keys = Object.keys(expected);
  return keys.length > 0 && keys.every((key) => ["exit", "stdout", "stderr"].includes(key));
}
