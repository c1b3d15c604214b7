/**
 * The answer of a method that has several: each goes to the caller when it is ready, and an end
 * marker after the last. Upstream: a manager's method that is a Python generator, nova/rpc/amqp.py
 * of 2011 to 2012 (RPC-23, RPC-25). Not in oslo.messaging, so no service of Juno answers so.
 */
import type { Op } from "../kernel/index.js";

export class Values<T> {
  /** Makes the values: hands each to `send`, and may wait in between. */
  readonly each: (send: (value: T) => void) => Op<void>;

  constructor(each: (send: (value: T) => void) => Op<void>) {
    this.each = each;
  }
}
