/**
 * What recordings exercise of all that there is, and what never: pure counting. What there is, somebody says who
 * knows services; how states go over into each other, only the recordings say.
 */
import type { Entry } from "../../timeline/index.js";
import { States } from "../states.js";
import type { Recording } from "../view.js";
import { safe } from "../words.js";

/** One thing that can be exercised. */
export interface Countable {
  readonly group: string;
  readonly name: string;
}

export interface Method extends Countable {
  readonly topic: string;
  readonly namespace: string | undefined;
  /** Some are called by those who wait and cast by those who do not. */
  readonly kind: "call" | "cast";
}

export interface Route extends Countable {
  readonly takes: (service: string, method: string, path: string) => boolean;
}

/** All that there is. */
export interface Universe {
  readonly methods: readonly Method[];
  readonly routes: readonly Route[];
  /** Groups are columns of a server's row. */
  readonly states: readonly Countable[];
  readonly faults: readonly Countable[];
}

export interface Line extends Countable {
  readonly times: number;
  /** The scenarios in which it was, in order. */
  readonly scenarios: readonly string[];
}

export interface Table {
  readonly what: string;
  readonly lines: readonly Line[];
}

interface Count {
  times: number;
  readonly scenarios: Set<string>;
}

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

export class Coverage {
  readonly #universe: Universe;
  readonly #counts = new Map<Countable, Count>();
  /** By what is on the wire: the same is asked for again and again. */
  readonly #methods = new Map<string, Method | undefined>();
  readonly #routes = new Map<string, readonly Route[]>();
  readonly #transitions = new Map<string, Countable>();

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  add({ header, entries }: Recording): void {
    const scenario = safe(header.scenario);
    const states = new States(header);
    const seen = (what: Countable | undefined): void => {
      if (what === undefined) return;
      const count = this.#counts.get(what) ?? { times: 0, scenarios: new Set() };
      this.#counts.set(what, count);
      count.times += 1;
      count.scenarios.add(scenario);
    };
    for (const verb of verbsOf(header.source)) {
      seen(this.#universe.faults.find(({ name }) => name === verb));
    }
    for (const entry of entries) {
      switch (entry.kind) {
        case "rpc.call":
        case "rpc.cast":
        case "rpc.fanout":
          seen(this.#method(entry));
          break;
        case "rest.request":
          for (const route of this.#routesOf(entry)) seen(route);
          break;
        case "db":
          this.#states(entry).forEach(seen);
          seen(this.#transition(entry, states));
          break;
        default:
      }
    }
  }

  tables(): readonly Table[] {
    const { methods, routes, states, faults } = this.#universe;
    const transitions = [...this.#transitions.values()].sort((one, other) =>
      `${one.group} ${one.name}` < `${other.group} ${other.name}` ? -1 : 1,
    );
    return [
      this.#table("RPC methods", methods),
      this.#table("REST routes", routes),
      this.#table("server states", states),
      this.#table("faults", faults),
      this.#table("state transitions", transitions),
    ];
  }

  #table(what: string, all: readonly Countable[]): Table {
    const lines = all.map((one) => {
      const { times = 0, scenarios = [] } = this.#counts.get(one) ?? {};
      return { group: one.group, name: one.name, times, scenarios: [...scenarios].sort() };
    });
    return { what, lines };
  }

  #method(entry: Of<"rpc.call" | "rpc.cast" | "rpc.fanout">): Method | undefined {
    const { topic, namespace, method } = entry;
    const kind = entry.kind === "rpc.call" ? "call" : "cast";
    const key = JSON.stringify([topic, namespace ?? null, method, kind]);
    if (!this.#methods.has(key)) {
      const named = this.#universe.methods.filter(
        // Recordings have null where there is none.
        (known) => known.name === method && (known.namespace ?? null) === (namespace ?? null),
      );
      const here = named.filter(
        (known) => topic === known.topic || topic.startsWith(`${known.topic}.`),
      );
      // A topic may be an id of its server, which no contract has; then the name must do.
      const fitting = here.length > 0 ? here : named.length === 1 ? named : [];
      this.#methods.set(key, fitting.find((known) => known.kind === kind) ?? fitting[0]);
    }
    return this.#methods.get(key);
  }

  /** Several where a service has more ports than one: which it was, nobody recorded. */
  #routesOf({ to, method, path }: Of<"rest.request">): readonly Route[] {
    const service = to.split("@")[0] ?? to;
    const key = JSON.stringify([service, method, path]);
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const found = this.#universe.routes.filter((route) => route.takes(service, method, path));
    this.#routes.set(key, found);
    return found;
  }

  #states({ table, changes }: Of<"db">): readonly Countable[] {
    if (table !== "instances") return [];
    return this.#universe.states.filter(({ group, name }) => {
      const pair: unknown = Object.hasOwn(changes, group) ? changes[group] : undefined;
      return Array.isArray(pair) && pair[1] === name;
    });
  }

  #transition(entry: Of<"db">, states: States): Countable | undefined {
    const change = states.see(entry);
    if (change === undefined) return undefined;
    const { thing, before = "(new)", after = "(gone)" } = change;
    const key = `${thing}: ${before} → ${after}`;
    const known = this.#transitions.get(key) ?? { group: thing, name: `${before} → ${after}` };
    this.#transitions.set(key, known);
    return known;
  }
}

/** The verbs of the faults in a scenario, wherever in it they stand. */
function verbsOf(source: unknown, depth = 0): readonly string[] {
  if (typeof source !== "object" || source === null || depth > 50) return [];
  return Object.entries(source).flatMap(([key, value]: [string, unknown]) => {
    const below = verbsOf(value, depth + 1);
    if (key !== "fault" || typeof value !== "object" || value === null) return below;
    return [...Object.keys(value), ...below];
  });
}
