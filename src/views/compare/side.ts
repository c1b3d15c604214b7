/**
 * One of two recordings that are compared, as the forest that its entries are: under each message what
 * its receiver did for it, under each step what came of it, in the order in which it came. What befell
 * a message itself (taken, answered, lost) is kept apart from what was done for it.
 */
import type { Entry, Exchange } from "../../timeline/index.js";
import { NOWHERE } from "../model/scopes.js";
import type { Told, Words } from "./outline.js";

/** Above everything that nothing recorded led to. */
export const TOP = -1;

export class Side {
  readonly model: Told;
  /** By `seq`. */
  readonly words: readonly Words[];
  readonly #under = new Map<number, number[]>();
  readonly #parents = new Map<number, number>();

  constructor(model: Told, words: readonly Words[]) {
    this.model = model;
    this.words = words;
    for (const entry of model.entries) {
      if (this.#befell(entry)) continue;
      const parent = this.#find(entry);
      this.#parents.set(entry.seq, parent);
      const known = this.#under.get(parent);
      if (known === undefined) this.#under.set(parent, [entry.seq]);
      else known.push(entry.seq);
    }
  }

  /** What was done under entry `seq`, or under nothing. */
  under(seq: number): readonly number[] {
    return this.#under.get(seq) ?? [];
  }

  /** What befell the message of entry `seq`, if it is one. */
  fateOf(seq: number): readonly number[] {
    const entry = this.model.entries[seq];
    const exchange = entry === undefined ? undefined : this.#exchangeOf(entry);
    if (exchange === undefined || exchange.sent.seq !== seq) return [];
    return fate(exchange).map((one) => one.seq);
  }

  /** What entry `seq` stands under; TOP as well for what befell a message. */
  parentOf(seq: number): number {
    return this.#parents.get(seq) ?? TOP;
  }

  #find({ seq }: Entry): number {
    const { scopes, causes } = this.model;
    const scope = scopes.of(seq);
    if (scope !== NOWHERE) return scope;
    const root = causes.root(seq);
    return root === seq ? TOP : root;
  }

  #befell(entry: Entry): boolean {
    const exchange = this.#exchangeOf(entry);
    return exchange !== undefined && fate(exchange).includes(entry);
  }

  #exchangeOf(entry: Entry): Exchange | undefined {
    return /^(?:rest|rpc)\./u.test(entry.kind) ? this.model.messages.of(entry) : undefined;
  }
}

function fate(exchange: Exchange): readonly Entry[] {
  if (exchange.kind === "rest") return exchange.response === undefined ? [] : [exchange.response];
  const { delivered, outcome, later } = exchange;
  return [...delivered, ...(outcome === undefined ? [] : [outcome]), ...later];
}
