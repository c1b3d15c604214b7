/**
 * A log with vector clocks for ShiViz (bestchai.github.io/shiviz): two lines an entry, each actor a host. Its first
 * line is the expression that ShiViz reads it with, its second the delimiter, of which one run has none: what
 * ShiViz expects of a file (js/shiviz.js there). What happened before what is told by the causes alone.
 */
import type { Entry } from "../../timeline/index.js";
import { passing, type Recording, type ViewOptions } from "../view.js";
import { clock as seconds, safe } from "../words.js";
import { Passage } from "../passage.js";
import { answerOf, failureOf, line, ofPoint, ofRest, ofRpc, ofStep } from "./said.js";
import { SCENARIO } from "./span.js";

/** `event` ends with its line, `host` has no space in it, `clock` is JSON: the names are ShiViz's. */
export const SHIVIZ_EXPRESSION = String.raw`(?<at>\S+) (?<event>.*)\n(?<host>\S+) (?<clock>\{.*\})`;

function* pieces({ header, entries }: Recording, options: ViewOptions = {}): Generator<string> {
  yield `${SHIVIZ_EXPRESSION}\n\n`;
  const passage = new Passage(options.chapter);
  const clocks = new VectorClocks();
  const words = new Words();
  const title = `${safe(header.scenario)}: ${safe(header.title)}`;
  yield `0.000 ${line(title)}\n${SCENARIO} ${clocks.tick(SCENARIO)}\n`;
  for (const entry of entries) {
    const said = words.of(entry);
    // Clocks begin at 1: of one chapter they count nothing that was before it.
    if (!passage.has(entry)) continue;
    const host = hostOf(entry);
    yield `${seconds(entry.at)} ${said}\n${host} ${clocks.tick(host, entry)}\n`;
  }
  const { missing = 0 } = options;
  if (missing > 0)
    yield `end ${String(missing)} later entries not shown\n${SCENARIO} ${clocks.tick(SCENARIO)}\n`;
}

/** Whoever it happened to, in one word. */
function hostOf({ actor = SCENARIO }: Entry): string {
  const word = safe(actor).replaceAll(/\s/gu, "_");
  return word === "" ? "_" : word;
}

class VectorClocks {
  /** Hosts by name, as places in a vector. */
  readonly #places = new Map<string, number>();
  /** The last vector of each host, by its place. */
  readonly #last: (readonly number[])[] = [];
  /** By `seq`: the vector of the entry. Its consequences may come at any time. */
  readonly #vectors = new Map<number, readonly number[]>();

  /** The clock of the next entry of `host`: what it has seen, and what led to the entry. */
  tick(host: string, entry?: Entry): string {
    let place = this.#places.get(host);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(host, place);
    }
    const before = this.#last[place] ?? [];
    const cause = entry?.cause === undefined ? undefined : this.#vectors.get(entry.cause);
    const vector = cause === undefined ? [...before] : latest(before, cause);
    while (vector.length <= place) vector.push(0);
    vector[place] = (before[place] ?? 0) + 1;
    this.#last[place] = vector;
    if (entry !== undefined) this.#vectors.set(entry.seq, vector);
    return this.#written(vector);
  }

  #written(vector: readonly number[]): string {
    const times: string[] = [];
    for (const [host, place] of this.#places) {
      const time = vector[place] ?? 0;
      if (time > 0) times.push(`${JSON.stringify(host)}:${String(time)}`);
    }
    return `{${times.join(",")}}`;
  }
}

function latest(one: readonly number[], other: readonly number[]): number[] {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  return longer.map((time, place) => Math.max(time, shorter[place] ?? 0));
}

/** What each entry says; an answer names what it is the answer to. */
class Words {
  readonly #rest = new Map<number, string>();
  readonly #rpc = new Map<number, string>();

  of(entry: Entry): string {
    switch (entry.kind) {
      case "step":
        return ofStep(entry);
      case "client":
        return line(`$ ${entry.command} (exit ${String(entry.exit)})`);
      case "rest.request": {
        const { name, to } = ofRest(entry);
        this.#rest.set(entry.id, name);
        return line(`asks ${to}: ${name}`);
      }
      case "rest.response": {
        const name = this.#rest.get(entry.id) ?? "a request";
        this.#rest.delete(entry.id);
        return line(`gets ${answerOf(entry)} to ${name}`);
      }
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout": {
        const { name, to } = ofRpc(entry);
        this.#rpc.set(entry.id, name);
        return line(`sends ${name} to ${to}`);
      }
      case "rpc.delivered":
        return line(`takes ${this.#named(entry.id)} from ${entry.queue}`);
      case "rpc.reply":
        return line(`gets the reply of ${this.#named(entry.id)}`);
      case "rpc.failure":
        return line(`gets the failure of ${this.#named(entry.id)}: ${failureOf(entry)}`);
      case "rpc.timeout":
      case "rpc.lost":
      case "rpc.waits":
        return line(`${this.#named(entry.id)} ${ofPoint(entry)}`);
      default:
        return ofPoint(entry);
    }
  }

  #named(id: number): string {
    return this.#rpc.get(id) ?? "a message";
  }
}

export const shiviz = passing({
  name: "shiviz",
  about: "a log with vector clocks, for ShiViz",
  extension: "shiviz.log",
  pieces,
});
