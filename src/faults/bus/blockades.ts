/**
 * Faults that let nothing pass while they stand: a stalled consumer, a host that is cut off. What
 * they stop is kept, in order, and goes on when they are lifted, as TCP sends again what was not
 * received. A host that crashes meanwhile loses what it had not sent.
 */
import type { Consumer } from "../../bus/broker/queue.js";
import type { ProcessLink } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import type { Fault } from "../fault.js";
import { HeldConsumer } from "./held-consumer.js";
import type { SenderLink } from "./sender-link.js";

export interface Blockade {
  /** Whether it stops what comes to that consumer. */
  readonly stops: (actor: string, consumer: Consumer) => boolean;
  /** Of what comes to such a consumer, what it stops; without it, everything. */
  readonly only?: (message: Message, to: string) => boolean;
  /** Whether it stops what that process sends. */
  readonly stopsSender: (actor: string) => boolean;
  /** Whether it keeps that process from making a connection. */
  readonly cutsOff: (actor: string) => boolean;
}

export class Blockades {
  readonly #senders: ReadonlyMap<ProcessLink, SenderLink>;
  readonly #standing = new Map<Fault, Blockade>();

  constructor(senders: ReadonlyMap<ProcessLink, SenderLink>) {
    this.#senders = senders;
  }

  /** Stop what `blockade` says, until `fault` is lifted. */
  raise(fault: Fault, blockade: Blockade): void {
    this.#standing.set(fault, blockade);
    fault.onLift(() => {
      this.#lift(fault);
    });
    for (const [{ actor, consumptions }, sender] of this.#senders) {
      if (blockade.stopsSender(actor)) sender.hold(fault);
      for (const { consumer, by } of consumptions) {
        if (by instanceof HeldConsumer && blockade.stops(actor, consumer)) {
          by.hold(fault, blockade.only);
        }
      }
    }
  }

  /** Whether a process could not even connect to the broker: that needs both ways. */
  keepsFromBroker(actor: string): boolean {
    return [...this.#standing.values()].some(({ cutsOff }) => cutsOff(actor));
  }

  /** What stands stops a process that has just come, too. */
  stopSender(sender: SenderLink): void {
    for (const [fault, { stopsSender }] of this.#standing) {
      if (stopsSender(sender.link.actor)) sender.hold(fault);
    }
  }

  /** What stands stops a consumer that has just come, too. */
  stopConsumer(held: HeldConsumer): void {
    for (const [fault, { stops, only }] of this.#standing) {
      if (stops(held.link.actor, held.consumer)) held.hold(fault, only);
    }
  }

  #lift(fault: Fault): void {
    this.#standing.delete(fault);
    for (const [{ consumptions }, sender] of this.#senders) {
      sender.release(fault);
      for (const { by } of consumptions) if (by instanceof HeldConsumer) by.release(fault);
    }
  }
}
