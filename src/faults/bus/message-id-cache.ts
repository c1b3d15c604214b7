/**
 * The numbers of the messages that a server took last: a repetition among them is noticed (RPC-56,
 * RPC-57). Only a fault can bring a message twice, so servers have one once there are faults.
 * Upstream: oslo.messaging 1.4 `_drivers/amqp.py` (_MsgIdCache).
 */
const DUP_MSG_CHECK_SIZE = 16;

export class MessageIdCache {
  #last: number[] = [];

  /** Whether `id` is one of the last; if not, it is one of them from now on. */
  repeats(id: number): boolean {
    if (this.#last.includes(id)) return true;
    this.#last.push(id);
    if (this.#last.length > DUP_MSG_CHECK_SIZE) this.#last.shift();
    return false;
  }

  /** The server never acknowledged it, so it will come again and is no repetition. */
  forget(id: number): void {
    this.#last = this.#last.filter((known) => known !== id);
  }
}
