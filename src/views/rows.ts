/** From entries to the rows of the text view: which entries a person needs to see, and as what. */
import { Messages, type Entry } from "../timeline/index.js";
import { essenceOfArgs, essenceOfBody, naming, objectCall } from "./essence.js";
import type { Names } from "./names.js";
import { outcomeOf } from "./outcome.js";
import { row, type Row } from "./row.js";
import { Scopes } from "./scopes.js";
import { States } from "./states.js";
import { receiverOf, REST_ARROW, RPC_ARROW } from "./arrows.js";
import { clip, safe, shortIds } from "./words.js";

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

/** Lines of a command's output before it is cut. */
const MOST_OUTPUT = 30;
const LONGEST_WHY = 300;

export class Rows {
  readonly states = new States();
  readonly #verbose: boolean;
  readonly #names: Names;
  readonly #messages: Messages;
  readonly #scopes: Scopes;

  constructor(entries: readonly Entry[], names: Names, verbose: boolean) {
    this.#verbose = verbose;
    this.#names = names;
    this.#messages = new Messages(entries);
    this.#scopes = new Scopes(entries, this.#messages);
  }

  /** The row of `entry`; undefined for what is told elsewhere or is of no interest. Call in order. */
  of(entry: Entry): Row | undefined {
    // States must see every change, also those that are not shown.
    const change = entry.kind === "db" ? this.#state(entry) : undefined;
    if (change !== undefined) return change;
    if (entry.quiet === true && !this.#verbose) return undefined;
    switch (entry.kind) {
      case "rest.request":
        return this.#rest(entry);
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return this.#rpc(entry);
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

  #rest(entry: Of<"rest.request">): Row {
    const exchange = this.#messages.rest.get(entry.id);
    const outcome = exchange === undefined ? undefined : outcomeOf(exchange);
    const path = this.#verbose ? safe(entry.path) : shortIds(safe(entry.path));
    const lead = `${this.#names.of(entry.from)} ${REST_ARROW} ${this.#names.of(entry.to)}`;
    const what = `${safe(entry.method)} ${path}`;
    const body = this.#verbose ? json(entry.body) : essenceOfBody(entry.body);
    const refused = outcome?.tone === "warn" && !this.#verbose;
    return row(entry.at, this.#depth(entry), {
      lead,
      what,
      extra: refused ? (outcome.why ?? body) : body,
      tone: "rest",
      end: outcome?.text ?? "",
      endTone: outcome?.tone ?? "dim",
      block: refused ? [] : whyLines(outcome?.why),
      key: JSON.stringify([lead, what, body, exchange?.response?.status]),
      important: outcome?.tone === "bad",
    });
  }

  #rpc(entry: Of<"rpc.call" | "rpc.cast" | "rpc.fanout">): Row {
    const exchange = this.#messages.rpc.get(entry.id);
    const outcome = exchange === undefined ? undefined : outcomeOf(exchange);
    const verb = entry.kind.slice("rpc.".length);
    const lead = `${this.#names.of(entry.from)} ${RPC_ARROW} ${receiverOf(entry, exchange, this.#names)}`;
    const what = `${verb} ${safe(entry.method)}`;
    const object = objectCall(entry.args);
    const args = this.#verbose ? json(entry.args) : (object ?? essenceOfArgs(entry.args));
    // Objects read and write the database through the conductor: one row tells of many.
    const family = object === undefined ? args : "";
    const ended = outcome?.tone === "good" ? "" : outcome?.text;
    return row(entry.at, this.#depth(entry), {
      lead,
      what,
      extra: args,
      tone: "rpc",
      end: outcome?.text ?? "",
      endTone: outcome?.tone ?? "dim",
      block: whyLines(outcome?.why),
      key: this.#verbose
        ? undefined
        : JSON.stringify([lead, object === undefined ? what : verb, family, ended]),
      item: object,
      important: outcome?.tone === "bad",
    });
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
      extra: json(entry.changes),
    });
  }

  #notification(entry: Of<"notification">): Row {
    const publisher = this.#names.of(entry.actor ?? entry.publisher_id);
    return row(entry.at, this.#depth(entry), {
      lead: `✉ ${publisher}`,
      what: safe(entry.event_type),
      extra: this.#verbose ? json(entry.payload) : (naming(entry.payload) ?? ""),
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
    const output = [entry.stdout, entry.stderr].flatMap((text) => outputLines(text));
    const kept = this.#verbose ? output : output.slice(0, MOST_OUTPUT);
    const more = output.length - kept.length;
    const cut = more > 0 ? [`… ${String(more)} more lines`] : [];
    return row(entry.at, 0, {
      lead: `$ ${safe(entry.command)}`,
      tone: "strong",
      end: entry.exit === 0 ? "exit 0" : `✗ exit ${String(entry.exit)}`,
      endTone: entry.exit === 0 ? "good" : "bad",
      block: [...kept, ...cut],
      important: true,
    });
  }

  #log(entry: Of<"log">): Row | undefined {
    const loud = entry.level === "warning" || entry.level === "error";
    if (!loud && !this.#verbose) return undefined;
    return row(entry.at, this.#depth(entry), {
      lead: `${loud ? "!" : "·"} ${this.#names.of(entry.actor ?? "log")}`,
      what: `${safe(entry.level)}: ${safe(entry.message)}`,
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
      : [`expected ${json(entry.expected)}`, `  actual ${json(entry.actual)}`];
    return row(entry.at, 0, {
      lead: `${entry.passed ? "✓" : "✗"} ${safe(entry.what)}`,
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

function whyLines(why: string | undefined): string[] {
  return why === undefined || why === "" ? [] : [clip(why, LONGEST_WHY)];
}

function json(value: unknown): string {
  if (value === undefined || value === null) return "";
  return safe(typeof value === "string" ? value : JSON.stringify(value));
}
