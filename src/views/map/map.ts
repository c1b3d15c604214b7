/**
 * A run as a map: hosts with their services, the queues between them, and what is under way at one entry.
 * A pure function of the recording and of that entry; where anything stands on a screen is not decided here.
 */
import type { Actor } from "../../timeline/index.js";
import { CLIENT } from "../model/actors.js";
import type { Model } from "../model/model.js";
import type { Life } from "../model/processes.js";
import { isRoutine } from "../sequence/routine.js";
import type { Level } from "../sequence/row.js";
import { Cuts, type Cut } from "./cuts.js";
import { Pools, type Pool } from "./pools.js";
import { MessagesUnderWay, queueName, type UnderWay } from "./under-way.js";

export interface MapService {
  readonly actor: Actor;
  readonly life: Life;
  /** It waits for an answer; it works on a message. */
  readonly waits: boolean;
  readonly works: boolean;
  readonly pool: Pool | undefined;
}

export interface MapHost {
  readonly name: string;
  /** `clients` stand apart, `core` runs most of the services, `edge` are all the others. */
  readonly side: "clients" | "core" | "edge";
  readonly services: readonly MapService[];
  /** Nothing is under way there, but what goes to everybody. */
  readonly idle: boolean;
}

export interface MapQueue {
  /** The queues of one fanout are one. */
  readonly name: string;
  /** The messages that wait, by the entries that sent them. */
  readonly waiting: readonly number[];
  /** Some message under way is in it, or came through it. */
  readonly used: boolean;
}

/** A fanout to more than so many goes to everybody. */
export const MANY = 8;

export interface MapAt {
  readonly hosts: readonly MapHost[];
  readonly queues: readonly MapQueue[];
  readonly messages: readonly UnderWay[];
  readonly cuts: readonly Cut[];
}

interface Place {
  readonly name: string;
  readonly side: MapHost["side"];
  readonly actors: readonly Actor[];
}

export class RunMap {
  readonly #model: Model;
  readonly #underWay: MessagesUnderWay;
  readonly #cuts: Cuts;
  readonly #pools: Pools;
  readonly #places: readonly Place[];

  /** @param model of so much of the run as has been read */
  constructor(model: Model) {
    this.#model = model;
    this.#underWay = new MessagesUnderWay(model);
    this.#cuts = new Cuts(model.entries);
    this.#pools = new Pools(model);
    this.#places = placesOf(model);
  }

  /**
   * What there was once entry `n` had happened.
   * @param level below Entries routine is left out, but for what entry `n` itself is of
   */
  at(n: number, level: Level = "entries"): MapAt {
    const isTold = (seq: number): boolean => level === "entries" || this.#isTold(seq, n);
    const messages = this.#underWay.at(n).filter(({ seq }) => isTold(seq));
    const waits = new Set<string>();
    const works = new Set<string>();
    const touched = new Set<string>();
    for (const { mark, from, to, stage } of messages) {
      touched.add(from);
      if (stage !== "waits" && to.length <= MANY) for (const name of to) touched.add(name);
      if (stage === "ends") continue;
      if (mark === "rest" || mark === "call") waits.add(from);
      if (stage === "works") for (const name of to) works.add(name);
    }
    const cuts = this.#cuts.at(n);
    const hosts = this.#places.map(({ name, side, actors }): MapHost => {
      const services = actors.map((actor) => ({
        actor,
        life: this.#model.processes.at(actor.name, n),
        waits: waits.has(actor.name),
        works: works.has(actor.name),
        pool: this.#pools.at(actor.name, n),
      }));
      const busy = actors.some((actor) => touched.has(actor.name));
      const cut = cuts.some(({ from, peer }) =>
        [from, peer].some((one) => one === name || actors.some((actor) => actor.name === one)),
      );
      return { name, side, services, idle: !busy && !cut };
    });
    const used = new Set(messages.map(({ queue }) => queue));
    const queues = new Map<string, number[]>();
    for (const { name, waiting } of this.#model.queues.at(n)) {
      const shown = queueName(name);
      const all = queues.get(shown) ?? [];
      queues.set(shown, all);
      for (const { seq } of waiting) if (isTold(seq)) all.push(seq);
    }
    const told = [...queues].map(([name, waiting]) => ({ name, waiting, used: used.has(name) }));
    return { hosts, queues: told, messages, cuts };
  }

  #isTold(sent: number, n: number): boolean {
    const { entries, messages } = this.#model;
    const [message, here] = [entries[sent], entries[n]];
    if (message === undefined || !isRoutine(this.#model, message)) return true;
    return here !== undefined && messages.of(here)?.sent.seq === sent;
  }
}

/** Hosts in the order in which they are met; those with half as many services as the fullest are the core. */
function placesOf(model: Model): readonly Place[] {
  const groups = model.actors.byHost().flatMap(({ name, actors }) => {
    const clients = actors.filter(({ project }) => project === CLIENT);
    const others = actors.filter(({ project }) => project !== CLIENT);
    return [
      ...(clients.length === 0 ? [] : [{ name, actors: clients, clients: true }]),
      ...(others.length === 0 ? [] : [{ name, actors: others, clients: false }]),
    ];
  });
  const sizes = groups.filter(({ clients }) => !clients).map(({ actors }) => actors.length);
  const most = Math.max(0, ...sizes);
  return groups.map(({ name, actors, clients }) => ({
    name,
    actors,
    side: clients ? "clients" : actors.length * 2 >= most ? "core" : "edge",
  }));
}
