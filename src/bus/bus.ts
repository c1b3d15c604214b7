/**
 * The message bus of a cloud: one broker, and a connection for each process. This is the only thing
 * that services share, and all that they see of it is their connection.
 */
import { milliseconds, type Kernel, type Span } from "../kernel/index.js";
import { Broker, type QueueStatus } from "./broker.js";
import { Connection, type ConnectionOptions } from "./connection.js";
import { envelope, type Envelope } from "./envelope.js";
import { Wire } from "./faults/wire.js";
import type { ServerReport } from "./queue.js";

export interface BusOptions {
  /** From a publisher through the broker to the queue. */
  readonly latency?: Span;
}

/** A queue as an operator sees it: what waits, and what was handed out and not yet acknowledged. */
export interface QueueReport extends QueueStatus {
  readonly unacknowledged: number;
}

const DEFAULT_LATENCY: Span = { min: milliseconds(1), max: milliseconds(3) };

export class Bus {
  readonly kernel: Kernel;
  readonly broker = new Broker();
  readonly latency: Span;
  /** @internal Every process that is on the bus, in the order in which they came. */
  readonly connections = new Set<Connection>();
  /** @internal What goes wrong between processes and broker; nothing stands there without faults. */
  wire: Wire | undefined;
  #messages = 0;

  constructor(kernel: Kernel, options: BusOptions = {}) {
    this.kernel = kernel;
    this.latency = options.latency ?? DEFAULT_LATENCY;
  }

  /** Where faults on the wire are declared. */
  get faults(): Wire {
    return (this.wire ??= new Wire(this));
  }

  /** A process joins the bus. */
  connect(options: ConnectionOptions): Connection {
    const connection = new Connection(this, options);
    this.connections.add(connection);
    this.wire?.connected(connection);
    return connection;
  }

  /** Every queue at this moment, by name. */
  queues(): QueueReport[] {
    const held = new Map<string, number>();
    for (const connection of this.connections) {
      for (const { queue } of connection.unacknowledged()) {
        const [first] = queue.bindings;
        const place = `${first?.exchange ?? ""}\n${queue.name}`;
        held.set(place, (held.get(place) ?? 0) + 1);
      }
    }
    return this.broker.queues().map((status) => ({
      ...status,
      unacknowledged: held.get(`${status.exchange}\n${status.name}`) ?? 0,
    }));
  }

  /** Every server of a topic at this moment, by process. */
  servers(): (ServerReport & { readonly actor: string })[] {
    return [...this.connections].flatMap(({ actor, consumptions }) =>
      [...new Set(consumptions.map(({ consumer }) => consumer))].flatMap(({ answers }) =>
        answers === undefined ? [] : [{ actor, ...answers }],
      ),
    );
  }

  /** What waits in the queues called `name`, first to last, as it is on the wire. */
  waiting(name: string): Envelope[] {
    return this.broker.named(name).flatMap((queue) => queue.waiting.map(envelope));
  }

  /** @internal Numbers for messages, in the order in which they are sent. */
  nextId(): number {
    return ++this.#messages;
  }
}
