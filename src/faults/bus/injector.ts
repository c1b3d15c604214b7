/**
 * What goes wrong between processes and the broker: single messages, blockades, restarts of the
 * broker. It is the bus's tap, attached by `wireFaults` when the first such fault is declared.
 */
import type { Consumer, Delivery, Queue } from "../../bus/broker/queue.js";
import type { Bus, Consumption, Departure, ProcessLink, Tap } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import { observeLost } from "../../bus/observations.js";
import type { Cause, Kernel, Duration, Op } from "../../kernel/index.js";
import type { MessageAim } from "../aim.js";
import type { Fault } from "../fault.js";
import { Blockades, type Blockade } from "./blockades.js";
import { HeldConsumer, type StrikeArrival } from "./held-consumer.js";
import { leaving, type InFlight } from "./in-flight.js";
import { MessageFault, type MessageBlow } from "./message-fault.js";
import { MessageIdCache } from "./message-id-cache.js";
import { SenderLink } from "./sender-link.js";
import { arriving, departing } from "./subject.js";

export class BusInjector implements Tap {
  readonly #bus: Bus;
  readonly #senders = new Map<ProcessLink, SenderLink>();
  /** What each consumer took last, whichever queue it came from. */
  readonly #taken = new Map<Consumer, MessageIdCache>();
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
    const lifting = striking.liftInTime();
    if (lifting !== undefined) this.#kernel.spawn(lifting, { name: fault.text, daemon: true });
  }

  /** Let nothing pass that `blockade` stops, until `fault` is lifted. */
  block(fault: Fault, blockade: Blockade): void {
    this.#blockades.raise(fault, blockade);
  }

  /** The broker goes down for a while, and every connection breaks. */
  restartBroker(fault: Fault, down: Duration): void {
    this.#breakAll(fault.strike());
    this.#kernel.after(down, () => {
      this.#bus.broker.start();
      fault.lift();
    });
  }

  connected(link: ProcessLink): void {
    const sender = new SenderLink(link, this.#bus.broker);
    this.#senders.set(link, sender);
    for (const consumption of link.consumptions) {
      consumption.by = this.before(link, consumption.consumer);
      consumption.queue.replaceConsumer(consumption.consumer, consumption.by);
    }
    this.#blockades.stopSender(sender);
    if (this.brokerDown) sender.break();
  }

  leaving(link: ProcessLink, departure: Departure): void {
    const { message } = departure;
    const again = (): void => {
      this.leaving(link, departure);
    };
    if (this.#senders.get(link)?.keeps(message, again) === true) return;
    const flight = leaving(link, departure);
    if (this.#messageFaults.length > 0) {
      const subject = departing(departure);
      const faults = this.#messageFaults.filter(({ atArrival }) => !atArrival);
      if (faults.some((fault) => fault.meets(subject, flight))) return;
    }
    flight.pass(message);
  }

  *ready(link: ProcessLink, retry: number | undefined): Op<void> {
    const sender = this.#senders.get(link);
    if (sender?.broken === true) yield* sender.ready(retry);
  }

  broken(link: ProcessLink): boolean {
    return this.#senders.get(link)?.broken ?? false;
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
  cancelled(consumptions: readonly Consumption[]): void {
    for (const { consumer, by } of consumptions) {
      this.#taken.delete(consumer);
      giveBack(by instanceof HeldConsumer ? by.disconnected() : []);
    }
  }

  closed(link: ProcessLink, consumptions: readonly Consumption[]): void {
    this.cancelled(consumptions);
    this.#senders.get(link)?.close();
    this.#senders.delete(link);
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

  /** What is in queues that are not durable is gone, with what was handed out of them. */
  #breakAll(cause: Cause): void {
    const { broker } = this.#bus;
    const handedOut = [...this.#senders.keys()].flatMap((link) => this.#disconnect(link));
    const lost = (queue: Queue, message: Message): void => {
      const why = `the broker restarted, and queue ${queue.name} is not durable`;
      observeLost(this.#kernel, message, why, cause);
    };
    for (const { queue, messages } of broker.stop()) {
      for (const message of messages) lost(queue, message);
    }
    for (const { queue, message } of handedOut) if (!queue.durable) lost(queue, message);
    giveBack(handedOut.filter(({ queue }) => queue.durable));
    for (const sender of this.#senders.values()) sender.break();
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
