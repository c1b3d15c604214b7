/**
 * The message bus of a cloud: one broker, and a connection for each process. This is the only thing
 * that services share, and all that they see of it is their connection.
 */
import { milliseconds, type Kernel, type Span } from "../kernel/index.js";
import { Broker, type QueueStatus } from "./broker.js";
import { Connection, type ConnectionOptions } from "./connection.js";

export interface BusOptions {
  /** From a publisher through the broker to the queue. */
  readonly latency?: Span;
}

const DEFAULT_LATENCY: Span = { min: milliseconds(1), max: milliseconds(3) };

export class Bus {
  readonly kernel: Kernel;
  readonly broker = new Broker();
  readonly latency: Span;
  #messages = 0;

  constructor(kernel: Kernel, options: BusOptions = {}) {
    this.kernel = kernel;
    this.latency = options.latency ?? DEFAULT_LATENCY;
  }

  /** A process joins the bus. */
  connect(options: ConnectionOptions): Connection {
    return new Connection(this, options);
  }

  /** Every queue and how much waits in it. */
  queues(): QueueStatus[] {
    return this.broker.queues();
  }

  /** @internal Numbers for messages, in the order in which they are sent. */
  nextId(): number {
    return ++this.#messages;
  }
}
