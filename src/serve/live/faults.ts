/**
 * `/novasim/faults`: what goes wrong in a cloud that is served, in the words of scenario files. GET lists what there is, POST
 * lets something go wrong (what stands after `fault:`, as JSON or YAML), DELETE heals: all, or those of a kind, a host or a
 * process. It reads as a scenario does and does what a scenario does.
 */
import type { Json } from "../../python/index.js";
import {
  formatProblem,
  readStep,
  type FaultState,
  type Known,
  type Problem,
  type World,
} from "../../scenario/index.js";
import type { Served } from "../session/served.js";

export interface FaultsOptions {
  readonly served: Served;
  readonly world: World;
  /** The scenario that is served, as read. */
  readonly source: unknown;
  readonly known: Known;
}

/** An answer of this door: a status and what is said in JSON. */
export interface Said {
  readonly status: number;
  readonly body: Json;
}

export class Faults {
  readonly #options: FaultsOptions;

  constructor(options: FaultsOptions) {
    this.#options = options;
  }

  /** All that there ever were, those that are over among them; the number is theirs for good. */
  list(): Said {
    const { faults = [] } = this.#options.world;
    return { status: 200, body: { faults: faults.map(shown) } };
  }

  /** @param text what stands after `fault:` in a scenario */
  inject(text: string): Said {
    if (text.trim() === "")
      return refused("A fault is needed, such as { drop: { topic: compute } }.");
    const said = this.#do("fault", text);
    if (said !== undefined) return said;
    const { faults = [] } = this.#options.world;
    const last = faults.at(-1);
    return {
      status: 201,
      body: { fault: last === undefined ? null : shown(last, faults.length - 1) },
    };
  }

  /** @param whose a kind, a host or a process; undefined: all */
  heal(whose: string | undefined): Said {
    const said = this.#do("heal", whose === undefined ? "null" : JSON.stringify(whose));
    return said ?? this.list();
  }

  /** Undefined: it is done. */
  #do(verb: "fault" | "heal", text: string): Said | undefined {
    const { served, source, known } = this.#options;
    const read = readStep(verb, text, { file: verb, source, known });
    if (!read.ok) return refusedFor(read.problems);
    const why = served.operate(read.written);
    return why === undefined ? undefined : refused(why);
  }
}

const shown = ({ kind, text, places, strikes, lifted }: FaultState, at: number): Json => ({
  ...{ number: at + 1, kind, text, places: [...places], strikes, lifted },
});

const refused = (message: string): Said => ({
  status: 400,
  body: { error: { message, problems: [] } },
});

/** All that is wrong, as `novasim check` would print it, and each thing with its place in what was sent. */
function refusedFor(problems: readonly Problem[]): Said {
  const own = problems.map((one) => ({ ...one, message: one.message.replaceAll("steps[0].", "") }));
  const message = own.map((one) => formatProblem(one)).join("\n");
  const each = own.map(({ message, hint = null, place: { line = null, column = null } }) => ({
    ...{ message, hint, line, column },
  }));
  return { status: 400, body: { error: { message, problems: each } } };
}
