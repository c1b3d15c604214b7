/**
 * A cloud that is served: real ports before it, a pump that drives it, and how it ends. What it starts from is a
 * scenario whose steps have been run; who reads the scenario, and where a recording goes, is the caller's affair.
 */
import type { World } from "../../scenario/index.js";
import type { JsonObject } from "../../python/index.js";
import { Door, OUTSIDE } from "../door/door.js";
import { Operator } from "../door/operator.js";
import { Hosts } from "../http/hosts.js";
import type { Exchange, Listener } from "../http/listener.js";
import type { ByteStore } from "../http/store.js";
import { Pump, type Pace } from "../time/pump.js";

export { OUTSIDE };

export interface ServedOptions {
  readonly world: World;
  readonly store: ByteStore;
  readonly pace: Pace;
  readonly maxBody: number;
  readonly requestId: boolean;
  /** Names of this server, beside addresses and `localhost`. */
  readonly names: readonly string[];
  /** Told after each piece of work: what was recorded can be written. */
  readonly worked: () => void;
  /** Something broke that is novasim's own mistake; the cloud goes on. */
  readonly failed: (error: unknown) => void;
}

/** How long what was accepted may take to end when the cloud is shut down, in milliseconds. */
const DRAIN_MS = 5_000;

export class Served {
  readonly exchange: Exchange;
  readonly #world: World;
  readonly #door: Door;
  readonly #pump: Pump;
  readonly #store: ByteStore;
  #listeners: readonly Listener[] = [];
  #closing = false;

  /** @throws Error for a world that has no network */
  constructor(options: ServedOptions) {
    const { world, store, pace, maxBody, requestId, names, worked, failed } = options;
    const { kernel, network } = world;
    if (network === undefined) throw new Error("this world has no network to be reached over");
    this.#world = world;
    this.#store = store;
    this.#door = new Door(kernel, network);
    this.#pump = new Pump({
      kernel,
      door: this.#door,
      pace,
      failed,
      worked: () => {
        this.#openOrRefuse();
        worked();
      },
    });
    this.exchange = {
      hosts: new Hosts(names),
      store,
      maxBody,
      requestId,
      submit: (request, answered) => {
        this.#pump.submit(request, answered);
      },
      date: () => kernel.calendar.http(kernel.now),
    };
  }

  /** These lead into the cloud from now on. */
  attach(listeners: readonly Listener[]): void {
    this.#listeners = listeners;
    this.#openOrRefuse();
  }

  /**
   * A step of a scenario is done now, as if it stood in one. @param written it has been read
   * @returns why it cannot be done; undefined if it was
   */
  operate(written: JsonObject): string | undefined {
    try {
      return new Operator(this.#world).operate(written);
    } finally {
      this.#pump.nudge();
    }
  }

  /** Take nothing more, end what was begun, and say so in the recording. */
  async close(): Promise<void> {
    this.#closing = true;
    const drained = Promise.all(this.#listeners.map((listener) => listener.drain()));
    await atMost(DRAIN_MS, Promise.all([drained, this.#pump.rest()]));
    for (const listener of this.#listeners) listener.refuse();
    this.#pump.stop();
    this.#door.close();
    this.#store.clear();
  }

  /** Where nobody listens in the cloud, nobody does outside. */
  #openOrRefuse(): void {
    if (this.#closing) return;
    for (const listener of this.#listeners) {
      const listens = this.#world.network?.listens(listener.address) === true;
      if (listens && !listener.open) listener.reopen();
      else if (!listens && listener.open) listener.refuse();
    }
  }
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
