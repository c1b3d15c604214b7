/**
 * A listening socket that the workers of one binary inherit from the process that opened it: each
 * connection goes to one of them, and waits while there is none. Upstream: the socket that
 * nova/wsgi.py opens before nova/openstack/common/service.py forks.
 */
import { Ring } from "../kernel/index.js";
import type { Arrival, Listening } from "./arrival.js";
import type { Network } from "./network.js";

export class SharedSocket implements Listening {
  readonly actor: string;
  /** `controller:8774`, with the port that was taken if any would do. */
  readonly address: string;
  readonly #network: Network;
  readonly #workers: Listening[] = [];
  /** Connections that the kernel has accepted and no worker has. */
  readonly #backlog = new Ring<Arrival>();
  #turn = 0;
  #closed = false;

  /** @param actor the process that opens it @throws AddressInUse */
  constructor(network: Network, actor: string, address: string) {
    this.#network = network;
    this.actor = actor;
    this.address = network.bind(address, this);
  }

  accept(arrival: Arrival): void {
    if (this.#closed) {
      arrival.abort("reset");
      return;
    }
    if (this.#workers.length === 0) {
      this.#backlog.push(arrival);
      return;
    }
    if (this.#turn >= this.#workers.length) this.#turn = 0;
    (this.#workers[this.#turn++] as Listening).accept(arrival);
  }

  /** A worker accepts from now on. */
  join(worker: Listening): void {
    this.#workers.push(worker);
    for (let next = this.#backlog.shift(); next; next = this.#backlog.shift()) this.accept(next);
  }

  leave(worker: Listening): void {
    const at = this.#workers.indexOf(worker);
    if (at < 0) return;
    this.#workers.splice(at, 1);
    if (at < this.#turn) this.#turn--;
  }

  /** Closed by the last who holds it: who waits in its backlog is turned away. */
  close(): void {
    this.#closed = true;
    this.#network.unbind(this.address, this);
    for (let next = this.#backlog.shift(); next; next = this.#backlog.shift()) next.abort();
  }
}
