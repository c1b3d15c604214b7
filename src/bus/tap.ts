/**
 * The edge of the bus: a tap stands between processes and the broker, and may hold, lose or delay
 * what passes. There is none in a run without faults, and the bus has no other place that knows of
 * them. Not the faults themselves: those are `src/faults`, which attach a tap.
 */
import type { Duration, Kernel, Micros, Op } from "../kernel/index.js";
import type { Message, Request } from "./message.js";
import type { Consumer, Queue } from "./broker/queue.js";

/** Who consumes what. `by` stands in the queue: the consumer, or what a tap has put before it. */
export interface Consumption {
  queue: Queue;
  readonly consumer: Consumer;
  by: Consumer;
}

/** A message on its way out of a process. */
export interface Departure {
  readonly exchange: string;
  readonly key: string;
  readonly message: Message;
  /** The request that it is a reply to. */
  readonly answers: Request | undefined;
}

/** A process's connection, as a tap sees it. */
export interface ProcessLink {
  readonly actor: string;
  readonly kernel: Kernel;
  readonly consumptions: readonly Consumption[];
  /** Send past the tap. @returns when it arrives */
  transmit(exchange: string, key: string, message: Message): Micros;
  /** Reach the broker after `delay`, whatever else is under way. */
  arrive(delay: Duration, exchange: string, key: string, message: Message): void;
}

export interface Tap {
  /** A process has come, or was there when the tap was attached. */
  connected(link: ProcessLink): void;
  /** Wait until `link` can send: `retry` times more than once, or for ever. @throws MessageDeliveryFailure */
  ready(link: ProcessLink, retry: number | undefined): Op<void>;
  /** A message leaves a process; it is the tap's now. */
  leaving(link: ProcessLink, departure: Departure): void;
  declared(link: ProcessLink, queue: Queue): void;
  /** Who is to stand in queues for `consumer`: itself, or what sees to its messages first. */
  before(link: ProcessLink, consumer: Consumer): Consumer;
  /** Whether the broker is out of reach, so that a consumer is not to be added to its queue yet. */
  broken(link: ProcessLink): boolean;
  /** Consumers have gone. */
  cancelled(consumptions: readonly Consumption[]): void;
  /** A process has gone, with its consumers. */
  closed(link: ProcessLink, consumptions: readonly Consumption[]): void;
}
