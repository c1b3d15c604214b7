/**
 * What goes wrong between processes and the broker: single messages, blockades, restarts of the
 * broker. It is the bus's tap, attached by `wireFaults` when the first such fault is declared.
 */
import type { Consumer, Delivery, Queue } from "../../bus/broker/queue.js";
import type { Bus, Consumption, Departure, ProcessLink, Tap } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import { done, type Cause, type Kernel, type Duration, type Op } from "../../kernel/index.js";
import { isOn, type MessageAim } from "../aim.js";
import type { Fault } from "../fault.js";
import { AmqpConnection, type Obstacle } from "./amqp-connection.js";
import { Blockades, type Blockade } from "./blockades.js";
import { Consuming } from "./consuming.js";
import { HeldConsumer, type StrikeArrival } from "./held-consumer.js";
import { leaving, type InFlight } from "./in-flight.js";
import { MessageFault, type MessageBlow } from "./message-fault.js";
import { MessageIdCache } from "./message-id-cache.js";
import { Publishers } from "./publishers.js";
import { SenderLink } from "./sender-link.js";
import { arriving, departing } from "./subject.js";

/** What py-amqp says of a broker that shuts down, and the socket of a connection that was reset. */
const SHUT_DOWN =
  "(0, 0): (320) CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";
const RESET = "[Errno 104] Connection reset by peer";

/** Of a connection that was never made there is nothing to say. */
const NOT_MADE = "";

export class BusInjector implements Tap {
  readonly #bus: Bus;
  readonly #senders = new Map<ProcessLink, SenderLink>();
  /** What each consumer took last, whichever queue it came from. */
  readonly #taken = new Map<Consumer, MessageIdCache>();
  readonly #consuming = new Map<ProcessLink, Map<Consumer, Consuming>>();
  readonly #blockades = new Blockades(this.#senders);
  #messageFaults: MessageFault[] = [];

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  get brokerDown(): boolean {
    return this.#bus.broker.down;
  }

  /** Strike single messages that fit `aim`, until `fault` is lifted. */
  strikeMessages(fault: Fault, aim: MessageAim, strike: (blow: MessageBlow) => void): void {
    const striking = new MessageFault(this.#kernel, fault, aim, strike);
    this.#messageFaults = this.#messageFaults.filter(({ over }) => !over);
    this.#messageFaults.push(striking);
  }

  /** Let nothing pass that `blockade` stops, until `fault` is lifted. */
  block(fault: Fault, blockade: Blockade): void {
    this.#blockades.raise(fault, blockade);
  }

  /** The broker goes down for a while, and every connection breaks. */
  restartBroker(fault: Fault, down: Duration): void {
    this.#breakAll(fault.strike(), SHUT_DOWN);
    this.#kernel.after(down, () => {
      this.#bus.broker.start();
      fault.lift();
    });
  }

  connected(link: ProcessLink): void {
    const obstacle = this.#obstacleOf(link);
    const standing = obstacle() === undefined ? this.#connection(link) : undefined;
    const publishers = new Publishers(link, () => this.#connection(link, NOT_MADE), standing);
    const sender = new SenderLink(link, this.#bus.broker, publishers);
    this.#senders.set(link, sender);
    this.#consuming.set(link, new Map());
    for (const consumption of link.consumptions) {
      consumption.by = this.before(link, consumption.consumer);
      consumption.queue.replaceConsumer(consumption.consumer, consumption.by);
      this.consuming(link, consumption.consumer);
    }
    this.#blockades.stopSender(sender);
  }

  leaving(link: ProcessLink, departure: Departure): void {
    const { message } = departure;
    const again = (): void => {
      this.leaving(link, departure);
    };
    const topic = departure.key === "" ? departure.exchange : departure.key;
    if (this.#senders.get(link)?.keeps(message, topic, again) === true) return;
    const flight = leaving(link, departure);
    if (this.#messageFaults.length > 0) {
      const subject = departing(departure);
      const faults = this.#messageFaults.filter(({ atArrival }) => !atArrival);
      if (faults.some((fault) => fault.meets(subject, flight))) return;
    }
    flight.pass(message);
  }

  *ready(link: ProcessLink, topic: string, retry: number | undefined): Op<void> {
    yield* this.#senders.get(link)?.publishers.ready(topic, retry) ?? done(undefined);
  }

  *listening(link: ProcessLink, consumer: Consumer): Op<void> {
    yield* this.#consuming.get(link)?.get(consumer)?.standing() ?? done(undefined);
  }

  consuming(link: ProcessLink, consumer: Consumer): boolean {
    const all = this.#consuming.get(link);
    let one = all?.get(consumer);
    if (one === undefined) {
      const standing = this.#obstacleOf(link)() === undefined;
      const connection = this.#connection(link, standing ? undefined : NOT_MADE);
      one = new Consuming(link, consumer, this.#bus.broker, connection);
      all?.set(consumer, one);
      // It is connected before there is anything to read.
      one.notice();
    }
    return one.stands;
  }

  drained(link: ProcessLink, consumer: Consumer): void {
    this.#consuming.get(link)?.get(consumer)?.notice();
  }

  before(link: ProcessLink, consumer: Consumer): Consumer {
    const taken = this.#taken.get(consumer) ?? new MessageIdCache();
    this.#taken.set(consumer, taken);
    const held = new HeldConsumer(link, consumer, taken, this.#strikeArrival);
    this.#blockades.stopConsumer(held);
    return held;
  }

  declared(link: ProcessLink, queue: Queue): void {
    this.#senders.get(link)?.declared(queue);
  }

  /** What was held before them goes back. */
  cancelled(link: ProcessLink, consumptions: readonly Consumption[]): void {
    const consuming = this.#consuming.get(link);
    for (const { consumer, by } of consumptions) {
      this.#taken.delete(consumer);
      consuming?.get(consumer)?.close();
      consuming?.delete(consumer);
      giveBack(by instanceof HeldConsumer ? by.disconnected() : []);
    }
  }

  closed(link: ProcessLink, consumptions: readonly Consumption[]): void {
    this.cancelled(link, consumptions);
    this.#senders.get(link)?.close();
    this.#senders.delete(link);
    this.#consuming.delete(link);
  }

  get #kernel(): Kernel {
    return this.#bus.kernel;
  }

  readonly #strikeArrival: StrikeArrival = (message, actor, flight: InFlight) => {
    if (message.kind !== "request" || this.#messageFaults.length === 0) return false;
    const subject = arriving(message, actor);
    const faults = this.#messageFaults.filter(({ atArrival }) => atArrival);
    return faults.some((fault) => fault.meets(subject, flight));
  };

  /** What keeps `link` from the broker just now, if anything does. */
  #obstacleOf(link: ProcessLink): () => Obstacle | undefined {
    return () => {
      if (this.brokerDown) return "[Errno 111] ECONNREFUSED";
      return this.#blockades.keepsFromBroker(link.actor) ? "timed out" : undefined;
    };
  }

  #connection(link: ProcessLink, error?: string): AmqpConnection {
    return new AmqpConnection(link, this.#bus.broker, this.#obstacleOf(link), error);
  }

  /** What is in queues that are not durable is gone, with what was handed out of them. */
  #breakAll(cause: Cause, error: string): void {
    const { broker } = this.#bus;
    const handedOut = [...this.#senders.keys()].flatMap((link) => this.#disconnect(link));
    const lost = (queue: Queue, message: Message): void => {
      const why = `the broker restarted, and queue ${queue.name} is not durable`;
      this.#bus.losses.lose(message, why, cause);
    };
    for (const { queue, messages } of broker.stop()) {
      for (const message of messages) lost(queue, message);
    }
    for (const { queue, message } of handedOut) if (!queue.durable) lost(queue, message);
    giveBack(handedOut.filter(({ queue }) => queue.durable));
    for (const link of this.#senders.keys()) this.#noticeBroken(link, error, cause);
  }

  /** The connections of a process, or of all of a host, are reset. */
  breakConnections(fault: Fault, whom: string): void {
    const links = [...this.#senders.keys()].filter(({ actor }) => isOn(actor, whom));
    for (const link of links) this.#breakOne(link, fault.strike());
  }

  /**
   * The broker takes back what was not acknowledged, and the queues that nobody else consumes go with
   * the connection, if they are such.
   */
  #breakOne(link: ProcessLink, cause: Cause): void {
    const { broker } = this.#bus;
    const handedOut = this.#disconnect(link);
    for (const { queue, by } of link.consumptions) broker.cancel(queue, by);
    const isGone = (queue: Queue): boolean => queue.autoDelete && queue.consumers === 0;
    for (const { queue, message } of handedOut) {
      const why = `its connection broke, and with it went queue ${queue.name}`;
      if (isGone(queue)) this.#bus.losses.lose(message, why, cause);
    }
    giveBack(handedOut.filter(({ queue }) => !isGone(queue)));
    this.#noticeBroken(link, RESET, cause);
  }

  #noticeBroken(link: ProcessLink, error: string, cause: Cause): void {
    this.#senders.get(link)?.publishers.break(error);
    for (const one of this.#consuming.get(link)?.values() ?? []) one.break(error, cause);
  }

  /** What consumers were handed and have not acknowledged, which is no longer theirs. */
  #disconnect({ consumptions }: ProcessLink): Delivery[] {
    const consumers = new Set(consumptions.flatMap(({ by, consumer }) => [consumer, by]));
    return [...consumers].flatMap((consumer) => {
      const deliveries = consumer.disconnected?.() ?? [];
      for (const { message } of deliveries) this.#taken.get(consumer)?.forget(message.id);
      return [...deliveries];
    });
  }
}

/** Let faults come between the processes on `bus` and its broker. @throws Error if some do already */
export function wireFaults(bus: Bus): BusInjector {
  const injector = new BusInjector(bus);
  bus.attach(injector);
  return injector;
}

/** Put deliveries back into their queues, in order. */
function giveBack(deliveries: readonly Delivery[]): void {
  const queues = new Map<Queue, Message[]>();
  for (const { queue, message } of deliveries) {
    const messages = queues.get(queue) ?? [];
    messages.push(message);
    queues.set(queue, messages);
  }
  for (const [queue, messages] of queues) queue.requeue(messages);
}
