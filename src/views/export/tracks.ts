/** Processes and threads of a trace: a process for each host, its actors' tracks as its threads. */
import { CLIENT, type Actors } from "../model/actors.js";
import { safe } from "../words.js";
import { SCENARIO } from "./span.js";

export interface Track {
  readonly pid: number;
  readonly tid: number;
}

interface Thread extends Track {
  readonly name: string;
  readonly actor: string;
  readonly lane: number;
}

/** More tracks than one actor has. */
const MOST_LANES = 1_000;

export class Tracks {
  readonly #actors: Actors;
  readonly #processes = new Map<string, number>();
  readonly #threads = new Map<string, Thread>();
  /** The process of the scenario's steps, above all others. */
  readonly scenario: number;
  /** The process of the bus, whose queues are counted. */
  readonly bus: number;

  constructor(actors: Actors) {
    this.#actors = actors;
    this.scenario = this.#process("scenario");
    this.bus = this.#process("message bus");
  }

  /** @param lane 0, and more where an actor does several things at once */
  of(actor: string, lane: number): Track {
    const key = JSON.stringify([actor, lane]);
    const known = this.#threads.get(key);
    if (known !== undefined) return { pid: known.pid, tid: known.tid };
    const { service, host, project } = this.#actors.of(actor);
    const where = project === CLIENT ? `user ${host}` : host;
    const pid = actor === SCENARIO ? this.scenario : this.#process(where === "" ? service : where);
    const name = lane === 0 ? safe(service) : `${safe(service)} (${String(lane + 1)})`;
    const tid = this.#threads.size + 1;
    this.#threads.set(key, { pid, tid, name, actor, lane });
    return { pid, tid };
  }

  /** The events that name them all, and put them in the order of the recording's actors. */
  *names(): Generator<Readonly<Record<string, unknown>>> {
    for (const [name, pid] of this.#processes) {
      yield { ph: "M", name: "process_name", pid, args: { name: safe(name) } };
      yield { ph: "M", name: "process_sort_index", pid, args: { sort_index: pid } };
    }
    const places = new Map(this.#actors.all.map(({ name }, place) => [name, place]));
    for (const { pid, tid, name, actor, lane } of this.#threads.values()) {
      const sort_index = (places.get(actor) ?? 0) * MOST_LANES + lane;
      yield { ph: "M", name: "thread_name", pid, tid, args: { name } };
      yield { ph: "M", name: "thread_sort_index", pid, tid, args: { sort_index } };
    }
  }

  #process(name: string): number {
    const known = this.#processes.get(name);
    if (known !== undefined) return known;
    // 0 is the kernel's.
    const pid = this.#processes.size + 1;
    this.#processes.set(name, pid);
    return pid;
  }
}
