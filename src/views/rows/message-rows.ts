/** The rows of messages: who speaks to whom, what is said, and, once that is known, how it ended. */
import type { Entry, Messages } from "../../timeline/index.js";
import { receiverOf, REST_ARROW, RPC_ARROW } from "../arrows.js";
import { essenceOfArgs, essenceOfBody, objectCall } from "../essence.js";
import type { Names } from "../names.js";
import { outcomeOf } from "../outcome.js";
import { row, type Later } from "./row.js";
import { slim } from "./slim.js";
import { clip, jsonOf, safe, shortIds } from "../words.js";

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

const LONGEST_WHY = 300;

export class MessageRows {
  readonly #messages: Messages;
  readonly #names: Names;
  readonly #verbose: boolean;

  constructor(messages: Messages, names: Names, verbose: boolean) {
    this.#messages = messages;
    this.#names = names;
    this.#verbose = verbose;
  }

  rest(entry: Of<"rest.request">, depth: number): Later {
    const { at, id, from, to } = entry;
    const path = this.#verbose ? safe(entry.path) : shortIds(safe(entry.path));
    const what = `${safe(entry.method)} ${path}`;
    const body = this.#verbose ? jsonOf(entry.body) : essenceOfBody(entry.body);
    return () => {
      const exchange = this.#messages.rest.get(id);
      const outcome = exchange === undefined ? undefined : outcomeOf(exchange);
      const lead = `${this.#names.of(from)} ${REST_ARROW} ${this.#names.of(to)}`;
      const refused = outcome?.tone === "warn" && !this.#verbose;
      return row(at, depth, {
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
    };
  }

  rpc(entry: Of<"rpc.call" | "rpc.cast" | "rpc.fanout">, depth: number): Later {
    const { at, id, from } = entry;
    const sent = slim(entry) as typeof entry;
    const verb = entry.kind.slice("rpc.".length);
    const what = `${verb} ${safe(entry.method)}`;
    const object = objectCall(entry.args);
    const args = this.#verbose ? jsonOf(entry.args) : (object ?? essenceOfArgs(entry.args));
    // Objects read and write the database through the conductor: one row tells of many.
    const family = object === undefined ? args : "";
    return () => {
      const exchange = this.#messages.rpc.get(id);
      const outcome = exchange === undefined ? undefined : outcomeOf(exchange);
      const lead = `${this.#names.of(from)} ${RPC_ARROW} ${receiverOf(sent, exchange, this.#names)}`;
      const ended = outcome?.tone === "good" ? "" : outcome?.text;
      return row(at, depth, {
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
    };
  }
}

function whyLines(why: string | undefined): string[] {
  return why === undefined || why === "" ? [] : [clip(why, LONGEST_WHY)];
}
