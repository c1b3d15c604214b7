/**
 * All that views want to know of a run, put together once: messages with their ends, causes, requests,
 * who takes part, states, queues and chapters. A pure function of the entries, grown entry by entry, so
 * that a run can be watched while it goes on. What was at entry n is asked with n; there is no cursor.
 */
import { Messages, type Entry, type Header, type Timeline } from "../../timeline/index.js";
import { States } from "../states.js";
import { Actors } from "./actors.js";
import { Causes } from "./causes.js";
import { Chapters } from "./chapters.js";
import { Notices } from "./notices.js";
import { Processes } from "./processes.js";
import { Queues } from "./queues.js";
import { Requests } from "./requests.js";
import { Rows } from "./rows.js";
import { Scopes } from "./scopes.js";
import { Servers } from "./servers.js";
import { Texts } from "./texts.js";
import { Things } from "./things.js";

export class Model {
  readonly header: Header;
  readonly messages = new Messages();
  readonly causes = new Causes();
  readonly chapters = new Chapters();
  readonly processes = new Processes();
  readonly rows = new Rows();
  readonly things: Things;
  readonly notices = new Notices();
  readonly actors: Actors;
  readonly requests: Requests;
  readonly scopes: Scopes;
  readonly queues: Queues;
  readonly texts: Texts;
  readonly servers: Servers;
  readonly #entries: Entry[] = [];
  readonly #made = new Map<unknown, { readonly length: number; readonly value: unknown }>();

  constructor(header: Header) {
    this.header = header;
    this.things = new Things(new States(header));
    this.actors = new Actors(header);
    this.requests = new Requests(this.#entries, this.messages);
    this.scopes = new Scopes();
    this.queues = new Queues(this.messages);
    this.texts = new Texts(this.#entries);
    this.servers = new Servers(this.texts, this.things, this.causes);
  }

  static of({ header, entries }: Timeline): Model {
    const model = new Model(header);
    for (const entry of entries) model.add(entry);
    return model;
  }

  /** The next entry. */
  add(entry: Entry): void {
    this.#entries.push(entry);
    this.messages.add(entry);
    this.causes.add(entry);
    this.chapters.add(entry);
    this.processes.add(entry);
    this.notices.add(entry);
    this.actors.add(entry);
    this.requests.add(entry);
    this.scopes.add(entry);
    this.queues.add(entry);
    if (entry.kind === "db") {
      this.rows.add(entry);
      this.things.add(entry);
    }
  }

  /** What `make` makes of all entries, made once for so many as there are. */
  once<T>(make: (model: Model) => T): T {
    const { length } = this.#entries;
    const known = this.#made.get(make);
    if (known?.length === length) return known.value as T;
    const value = make(this);
    this.#made.set(make, { length, value });
    return value;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }
}
