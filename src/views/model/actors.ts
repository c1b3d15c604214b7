/**
 * Who takes part in a run: the actors of the header, and those who are met later (services that join,
 * clients, addresses where nobody listens). In the order in which they are met; what is drawn decides on its own.
 */
import type { Actor, Entry, Header } from "../../timeline/index.js";

/** Those of one host or of one project. */
export interface Group {
  readonly name: string;
  readonly actors: readonly Actor[];
}

/** The project of those who type commands. */
export const CLIENT = "client";

export class Actors {
  readonly #actors = new Map<string, Actor>();

  constructor(header: Header) {
    for (const actor of header.actors) this.#actors.set(actor.name, actor);
  }

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    if (entry.actor !== undefined) this.#meet(entry.actor);
    switch (entry.kind) {
      case "rest.request":
        this.#meet(entry.from);
        this.#meet(entry.to);
        break;
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        this.#meet(entry.from);
        break;
      case "rpc.delivered":
        this.#meet(entry.to);
        break;
      default:
    }
  }

  get all(): readonly Actor[] {
    return [...this.#actors.values()];
  }

  /** What is known of `name`; for a name that was never met, what it says itself. */
  of(name: string): Actor {
    return this.#actors.get(name) ?? parted(name);
  }

  byHost(): readonly Group[] {
    return this.#grouped(({ host }) => host);
  }

  byProject(): readonly Group[] {
    return this.#grouped(({ project }) => project);
  }

  #grouped(keyOf: (actor: Actor) => string): readonly Group[] {
    const groups = new Map<string, Actor[]>();
    for (const actor of this.#actors.values()) {
      const group = groups.get(keyOf(actor));
      if (group === undefined) groups.set(keyOf(actor), [actor]);
      else group.push(actor);
    }
    return [...groups].map(([name, actors]) => ({ name, actors }));
  }

  #meet(name: string): void {
    if (!this.#actors.has(name)) this.#actors.set(name, parted(name));
  }
}

/** `nova-api@controller` says service, host and, by its first word, project. */
function parted(name: string): Actor {
  const at = name.indexOf("@");
  const service = at === -1 ? name : name.slice(0, at);
  const host = at === -1 ? "" : name.slice(at + 1);
  const project = service.endsWith("-client") ? CLIENT : (service.split("-")[0] ?? service);
  return { name, service, project, host };
}
