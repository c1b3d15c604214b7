/**
 * From entries to the rows of the text view: which entries a person needs to see, and as what. Entries
 * pass through; of each is kept what its row will say.
 */
import { Messages, type Entry, type Header } from "../../timeline/index.js";
import { naming } from "../essence.js";
import { MessageRows } from "./message-rows.js";
import type { Names } from "../names.js";
import { row, type Later, type Row } from "./row.js";
import { slim } from "./slim.js";
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
  readonly #scopes = new Scopes();
  readonly #messages = new Messages();
  readonly #users = new Set<string>();

  constructor(header: Header, names: Names, verbose: boolean) {
    this.states = new States(header);
    this.#verbose = verbose;
    this.#names = names;
    this.#made = new MessageRows(this.#messages, names, verbose);
  }

  /** What will be the row of `entry`; undefined for what is told elsewhere or is of no interest. Call in order. */
  of(entry: Entry): Later | undefined {
    this.#names.add(entry);
    this.#messages.add(slim(entry));
    this.#scopes.add(entry);
    // States must see every change, also those that are not shown.
    const change = entry.kind === "db" ? this.#state(entry) : undefined;
    if (change !== undefined) return change;
    if (entry.kind === "client") this.#users.add(entry.user);
    if (entry.quiet === true && !this.#verbose) return undefined;
    switch (entry.kind) {
      case "rest.request":
        return this.#made.rest(entry, this.#depth(entry));
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return this.#made.rpc(entry, this.#depth(entry));
      case "rpc.waits":
        return this.#waits(entry);
      case "notification":
        return this.#notification(entry);
      case "service":
        return this.#service(entry);
      case "client":
        return this.#client(entry);
      case "log":
        return this.#log(entry);
      case "fault":
        return always(fault(entry));
      case "check":
        return always(check(entry));
      case "db":
        return this.#write(entry);
      default:
        // Steps are headings; deliveries and answers stand on the row of their message; unknown
        // kinds are for a later version.
        return undefined;
    }
  }

  #state(entry: Of<"db">): Later | undefined {
    const change = this.states.see(entry);
    if (change === undefined) return undefined;
    const { thing, name, before, after } = change;
    const turn = before === undefined ? `new: ${after ?? ""}` : `${before} → ${after ?? "gone"}`;
    const { at, actor } = entry;
    const depth = this.#depth(entry);
    return () =>
      row(at, depth, {
        lead: `◆ ${thing} ${clip(name, 40)}  ${turn}`,
        tone: "state",
        end: actor === undefined ? "" : `by ${this.#names.of(actor)}`,
        aside: true,
        important: after === "error",
      });
  }

  #write(entry: Of<"db">): Later | undefined {
    if (!this.#verbose) return undefined;
    return always(
      row(entry.at, this.#depth(entry), {
        lead: `· ${entry.op} ${safe(entry.project)}.${safe(entry.table)}`,
        what: safe(String(entry.key)),
        extra: jsonOf(entry.changes),
      }),
    );
  }

  #notification(entry: Of<"notification">): Later {
    const { at, actor, publisher_id } = entry;
    const depth = this.#depth(entry);
    const what = safe(entry.event_type);
    const extra = this.#verbose ? jsonOf(entry.payload) : (naming(entry.payload) ?? "");
    return () => {
      const publisher = this.#names.of(actor ?? publisher_id);
      return row(at, depth, { lead: `✉ ${publisher}`, what, extra, tone: "dim" });
    };
  }

  #service(entry: Of<"service">): Later | undefined {
    const { at, event, actor } = entry;
    const loud = event === "started" || event === "stopped" || event === "crashed";
    if (!loud && !this.#verbose) return undefined;
    const depth = this.#depth(entry);
    return () =>
      row(at, depth, {
        lead: `● ${this.#names.of(actor ?? "a service")}`,
        what: safe(event),
        tone: event === "crashed" ? "bad" : "dim",
        important: event === "crashed",
      });
  }

  #client(entry: Of<"client">): Later {
    const { at, user, exit } = entry;
    const command = safe(entry.command);
    const stdout = this.#shortened(outputLines(entry.stdout));
    const stderr = this.#shortened(outputLines(entry.stderr));
    // What a command that went well says beside its output is a trace of how it came to it.
    const output = exit === 0 ? [...stderr, ...stdout] : [...stdout, ...stderr];
    return () =>
      row(at, 0, {
        lead: `${this.#users.size > 1 ? safe(user) : ""}$ ${command}`,
        tone: "strong",
        end: exit === 0 ? "exit 0" : `✗ exit ${String(exit)}`,
        endTone: exit === 0 ? "good" : "bad",
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

  #log(entry: Of<"log">): Later | undefined {
    const { at, actor, level } = entry;
    const loud = level === "warning" || level === "error";
    if (!loud && !this.#verbose) return undefined;
    const message = safe(entry.message);
    const long = loud && !this.#verbose && columns(message) > SHORT_MESSAGE;
    const depth = this.#depth(entry);
    return () =>
      row(at, depth, {
        lead: `${loud ? "!" : "·"} ${this.#names.of(actor ?? "log")}`,
        what: long ? safe(level) : `${safe(level)}: ${message}`,
        block: long ? [message] : [],
        tone: level === "error" ? "bad" : loud ? "warn" : "dim",
      });
  }

  /** It was taken, and nothing comes of it for now: without this row nobody would see why. */
  #waits(entry: Of<"rpc.waits">): Later {
    const { at, to } = entry;
    const method = this.#messages.rpc.get(entry.id)?.sent.method;
    const depth = this.#depth(entry);
    return () =>
      row(at, depth, {
        lead: `! ${this.#names.of(to)}`,
        what: `has no place in its pool for ${method === undefined ? "a message" : safe(method)}`,
        tone: "warn",
      });
  }

  #depth(entry: Entry): number {
    return this.#scopes.depth(entry);
  }
}

/** What nothing that comes later changes. */
const always =
  (made: Row): Later =>
  () =>
    made;

function fault({ at, event, fault, entry }: Of<"fault">): Row {
  const struck = entry === undefined ? "" : ` entry ${String(entry)}`;
  return row(at, 0, {
    lead: `⚡ fault ${safe(event)}${struck}: ${safe(fault)}`,
    tone: event === "lifted" ? "good" : "bad",
    important: true,
  });
}

function check({ at, passed, what, expected, actual }: Of<"check">): Row {
  // The command itself stands above; what is new is that it was looked at.
  const ofCommand = passed && isOfCommand(expected);
  return row(at, 0, {
    lead: `${passed ? "✓" : "✗"} ${ofCommand ? "output and exit code as expected" : safe(what)}`,
    tone: passed ? "good" : "bad",
    block: passed ? [] : [`expected ${jsonOf(expected)}`, `  actual ${jsonOf(actual)}`],
    important: true,
  });
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
