/**
 * The answer of a method that has several: each goes to the caller when it is ready, and an end
 * marker after the last. Upstream: a manager's method that is a Python generator, nova/rpc/amqp.py
 * of 2011 to 2012 (RPC-23, RPC-25). Not in oslo.messaging, so no service of Juno answers so.
 */
import { ReplyStream, call } from "../../bus/index.js";
import type { CallSpec } from "../../bus/contract.js";
import type { Op } from "../../kernel/index.js";

export class Values<T> extends ReplyStream {
  readonly #make: (send: (value: T) => void) => Op<void>;

  /** @param make hands each value to `send`, and may wait in between */
  constructor(make: (send: (value: T) => void) => Op<void>) {
    super();
    this.#make = make;
  }

  override sendAll(send: (value: unknown) => void): Op<void> {
    return this.#make(send);
  }
}

/**
 * In a contract: a method that answers with several values, which only `multicall` sees one by one.
 * For a call the last is the result, and null if there was none (RPC-23).
 */
export const yields = <A, R>(version?: string): CallSpec<A, R | null, Values<R>> =>
  call<A, R | null, Values<R>>(version);
