/**
 * The message bus of a cloud: one broker, and a connection for each process. This is the only thing
 * that services share, and all that they see of it is their connection.
 */
import type { JsonObject } from "../python/index.js";
import { milliseconds, type Kernel, type Span } from "../kernel/index.js";
import { Broker, type QueueReport } from "./broker/broker.js";
import { Connection, type ConnectionOptions, type SharedBus } from "./connection.js";
import { onTheWire } from "./envelope.js";
import { Losses } from "./losses.js";
import { MessageIds } from "./message-ids.js";
import type { ServerReport } from "./broker/queue.js";
import type { Tap } from "./tap.js";

export interface BusOptions {
  /** From a publisher through the broker to the queue. */
  readonly latency?: Span;
}

const DEFAULT_LATENCY: Span = { min: milliseconds(1), max: milliseconds(3) };

export class Bus implements SharedBus {
  readonly kernel: Kernel;
  readonly broker = new Broker();
  readonly ids: MessageIds;
  readonly latency: Span;
  readonly losses: Losses;
  /** @internal Every process that is on the bus, in the order in which they came. */
  readonly connections = new Set<Connection>();
  /** What stands between processes and broker; nothing does without faults. */
  tap: Tap | undefined;
  #messages = 0;

  constructor(kernel: Kernel, options: BusOptions = {}) {
    this.kernel = kernel;
    this.ids = new MessageIds(() => kernel.stream("bus", "message ids"));
    this.latency = options.latency ?? DEFAULT_LATENCY;
    this.losses = new Losses(kernel);
  }

  /** Put `tap` between every process and the broker. @throws Error if there is one */
  attach(tap: Tap): void {
    if (this.tap !== undefined) {
      throw new Error(
        "faults are wired to this bus already: declare more on the board that did it",
      );
    }
    this.tap = tap;
    for (const connection of this.connections) tap.connected(connection);
  }

  /** A process joins the bus. */
  connect(options: ConnectionOptions): Connection {
    const connection = new Connection(this, options);
    this.connections.add(connection);
    this.tap?.connected(connection);
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

  /** The requests of messages that wait: in queues, before their consumers, or for a place in a pool. */
  requests(): ReadonlySet<string> {
    const held = [...this.connections].flatMap((connection) => [
      ...[...connection.unacknowledged()].map(({ message }) => message),
      ...connection.consumptions.flatMap(({ consumer: { parked } }) => parked ?? []),
    ]);
    return new Set(
      [...this.broker.waiting(), ...held].flatMap((message) =>
        message.kind === "request" && message.request !== undefined ? [message.request] : [],
      ),
    );
  }

  /** What waits in the queues called `name`, first to last, as it is on the wire. */
  waiting(name: string): JsonObject[] {
    return this.broker
      .named(name)
      .flatMap((queue) => queue.waiting.map((message) => onTheWire(message, this.ids)));
  }

  /** @internal Numbers for messages, in the order in which they are sent. */
  nextId(): number {
    return ++this.#messages;
  }
}
