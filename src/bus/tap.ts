/**
 * The edge of the bus: a tap stands between processes and the broker, and may hold, lose or delay
 * what passes. There is none in a run without faults, and the bus has no other place that knows of
 * them. Not the faults themselves: those are `src/faults`, which attach a tap.
 */
import type { Duration, Kernel, Micros, Op } from "../kernel/index.js";
import type { Losses } from "./losses.js";
import type { Message, Request } from "./message.js";
import type { Consumer, Queue } from "./broker/queue.js";
import type { RabbitOptions } from "./rabbit-options.js";

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
  readonly losses: Losses;
  readonly consumptions: readonly Consumption[];
  readonly rabbit: RabbitOptions;
  /** Send past the tap. @returns when it arrives */
  transmit(exchange: string, key: string, message: Message): Micros;
  /** Reach the broker after `delay`, whatever else is under way. */
  arrive(delay: Duration, exchange: string, key: string, message: Message): void;
}

export interface Tap {
  /** A process has come, or was there when the tap was attached. */
  connected(link: ProcessLink): void;
  /**
   * Wait until `link` can publish for `topic`: `retry` times more than once, or as often as its
   * process tries. @throws MessageDeliveryFailure
   */
  ready(link: ProcessLink, topic: string, retry: number | undefined): Op<void>;
  /** Wait until `consumer` gets what comes to its queues. */
  listening(link: ProcessLink, consumer: Consumer): Op<void>;
  /** A message leaves a process; it is the tap's now. */
  leaving(link: ProcessLink, departure: Departure): void;
  declared(link: ProcessLink, queue: Queue): void;
  /** Who is to stand in queues for `consumer`: itself, or what sees to its messages first. */
  before(link: ProcessLink, consumer: Consumer): Consumer;
  /** A consumer has come. @returns whether it is to be added to its queue yet */
  consuming(link: ProcessLink, consumer: Consumer): boolean;
  /** Somebody reads from here on what comes to `consumer`. */
  drained(link: ProcessLink, consumer: Consumer): void;
  /** Consumers have gone. */
  cancelled(link: ProcessLink, consumptions: readonly Consumption[]): void;
  /** A process has gone, with its consumers. */
  closed(link: ProcessLink, consumptions: readonly Consumption[]): void;
}
