/**
 * What goes wrong between processes and the broker. It exists from the first fault on; before that
 * the bus does not know of it, and so a run without faults pays nothing. Not the faults of hosts and
 * hypervisors, which are the cloud's.
 */
import type { Kernel, Op } from "../../kernel/index.js";
import type { Bus } from "../bus.js";
import type { Connection, Consumption } from "../connection.js";
import type { Message, Request } from "../message.js";
import { observeLost } from "../observations.js";
import type { Consumer, Delivery, Queue } from "../queue.js";
import { Barriers } from "./barriers.js";
import { Declared } from "./declared.js";
import { Gate } from "./gate.js";
import { Link } from "./link.js";
import { MessageFault, leaving, type MessageFaultSpec } from "./message-fault.js";
import { WayOut, type Passage } from "./passage.js";
import type { BrokerRestart, WireFaultSpec } from "./spec.js";
import { DEFAULT_DOWN } from "./words.js";

export class Wire {
  readonly #bus: Bus;
  readonly #links = new Map<Connection, Link>();
  readonly #declared: Declared[] = [];
  #messageFaults: MessageFault[] = [];
  readonly #barriers: Barriers;

  /** @internal `bus.faults` makes it. */
  constructor(bus: Bus) {
    this.#bus = bus;
    this.#barriers = new Barriers(bus.kernel, this.#links);
    for (const connection of bus.connections) this.#join(connection);
  }

  /** Let something go wrong from now on. @throws Error for a broker that is down already */
  declare(spec: WireFaultSpec): void {
    if ("stall" in spec) this.#declared.push(this.#barriers.stall(spec, spec.stall));
    else if ("cut_off" in spec) this.#declared.push(this.#barriers.cutOff(spec, spec.cut_off));
    else if ("restart_broker" in spec) this.#restart(spec, spec.restart_broker);
    else this.#strikeMessages(spec);
  }

  /** Lift what `chosen` picks; default all. A broker that is down comes back by itself. */
  heal(chosen: (fault: Declared) => boolean = () => true): void {
    for (const fault of this.#messageFaults) if (chosen(fault.declared)) fault.lift();
    this.#messageFaults = this.#messageFaults.filter(({ declared }) => !declared.lifted);
    this.#barriers.heal(chosen);
  }

  /** Every fault that was ever declared. */
  get faults(): readonly Declared[] {
    return this.#declared;
  }

  /** The cut that keeps two hosts apart now, if one does. */
  cutBetween(one: string, other: string): Declared | undefined {
    return this.#barriers.between(one, other);
  }

  /** Do `go` when a cut is next lifted. */
  afterCut(go: () => void): void {
    this.#barriers.afterLift(go);
  }

  /** @internal A message leaves a process. */
  leaving(
    connection: Connection,
    exchange: string,
    key: string,
    message: Message,
    answers: Request | undefined,
  ): void {
    const link = this.#links.get(connection);
    const again = (): void => {
      this.leaving(connection, exchange, key, message, answers);
    };
    if (link?.keeps(message, again) === true) return;
    const passage = new WayOut(connection, exchange, key);
    if (this.#messageFaults.length > 0) {
      const subject = leaving(message, key, answers);
      const faults = this.#messageFaults.filter(({ atArrival }) => !atArrival);
      if (faults.some((fault) => fault.meets(subject, passage))) return;
    }
    passage.go(message);
  }

  /** @internal Wait until `connection` can send. @throws MessageDeliveryFailure */
  *ready(connection: Connection, retry: number | undefined): Op<void> {
    const link = this.#links.get(connection);
    if (link?.broken === true) yield* link.ready(retry);
  }

  /** @internal */
  broken(connection: Connection): boolean {
    return this.#links.get(connection)?.broken ?? false;
  }

  /** @internal A process came. */
  connected(connection: Connection): void {
    const link = this.#join(connection);
    this.#barriers.stopSender(connection, link);
    if (this.#bus.broker.down) link.break();
  }

  /** @internal What stands in the queue for `consumer`. */
  before(connection: Connection, consumer: Consumer): Consumer {
    const gate = new Gate(connection, consumer, this.#arriving);
    this.#barriers.stopConsumer(gate);
    return gate;
  }

  /** @internal */
  declared(connection: Connection, queue: Queue): void {
    this.#links.get(connection)?.declared(queue);
  }

  /** @internal Consumers have gone: what was held before them goes back. */
  cancelled(consumptions: readonly Consumption[]): void {
    for (const { by } of consumptions) giveBack(by instanceof Gate ? by.disconnected() : []);
  }

  /** @internal A process has gone. */
  closed(connection: Connection, consumptions: readonly Consumption[]): void {
    this.cancelled(consumptions);
    this.#links.get(connection)?.close();
    this.#links.delete(connection);
  }

  get #kernel(): Kernel {
    return this.#bus.kernel;
  }

  #join(connection: Connection): Link {
    const link = new Link(connection);
    this.#links.set(connection, link);
    for (const each of connection.consumptions) {
      each.by = this.before(connection, each.consumer);
      each.queue.replaceConsumer(each.consumer, each.by);
    }
    return link;
  }

  #strikeMessages(spec: MessageFaultSpec): void {
    const fault = new MessageFault(this.#kernel, spec);
    this.#declared.push(fault.declared);
    this.#messageFaults = this.#messageFaults.filter(({ over }) => !over);
    this.#messageFaults.push(fault);
    const lifting = fault.declared.liftInTime();
    if (lifting === undefined) return;
    this.#kernel.spawn(lifting, { name: fault.declared.text, daemon: true });
  }

  readonly #arriving = (gate: Gate, { message }: Delivery, passage: Passage): void => {
    if (message.kind === "request" && this.#messageFaults.length > 0) {
      const { topic, method, from } = message;
      const subject = { message, topic, method, from, to: gate.connection.actor };
      const faults = this.#messageFaults.filter(({ atArrival }) => atArrival);
      if (faults.some((fault) => fault.meets(subject, passage))) return;
    }
    passage.go(message);
  };

  #restart(spec: WireFaultSpec, { down = DEFAULT_DOWN }: BrokerRestart): void {
    const { broker } = this.#bus;
    if (broker.down) throw new Error("the broker is down already");
    const declared = new Declared(this.#kernel, spec);
    this.#declared.push(declared);
    const cause = declared.struck();
    this.#breakAll(cause);
    this.#kernel.after(down, () => {
      broker.start();
      declared.lift();
    });
  }

  /** Every link breaks. What is in queues that are not durable is gone, with what was handed out of them. */
  #breakAll(cause: number): void {
    const { broker, connections } = this.#bus;
    const handedOut: Delivery[] = [];
    for (const connection of connections) {
      const consumers = new Set(
        connection.consumptions.flatMap(({ by, consumer }) => [consumer, by]),
      );
      for (const consumer of consumers) handedOut.push(...(consumer.disconnected?.() ?? []));
    }
    const lost = (queue: Queue, message: Message): void => {
      const why = `the broker restarted, and queue ${queue.name} is not durable`;
      observeLost(this.#kernel, message, why, cause);
    };
    for (const { queue, messages } of broker.stop()) {
      for (const message of messages) lost(queue, message);
    }
    for (const { queue, message } of handedOut) if (!queue.durable) lost(queue, message);
    giveBack(handedOut.filter(({ queue }) => queue.durable));
    for (const link of this.#links.values()) link.break();
  }
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
