/**
 * The ids that messages bear on the wire and in errors: 32 hexadecimal digits, as `uuid.uuid4().hex`
 * gives them. They are made from the run's seed and the message's number when somebody looks, so
 * that a message that nobody looks at costs none. Upstream: oslo.messaging 1.4.1
 * `_drivers/amqpdriver.py` (_send), `_drivers/amqp.py` (_add_unique_id).
 */
import type { Stream } from "../kernel/index.js";
import { hexOf } from "../text/hex.js";
import type { Message } from "./message.js";

/** What an id is for: each message has several that differ. */
const USES = { request: 1, call: 2, reply: 3, ending: 4 } as const;

export class MessageIds {
  readonly #salt: () => number;

  /** @param stream drawn from once, when the first id is made */
  constructor(stream: () => Stream) {
    let salt: number | undefined;
    this.#salt = () => (salt ??= stream().int(0, 0xffff_ffff));
  }

  /** `_msg_id` of call number `id`, which its replies bear as well. */
  call(id: number): string {
    return this.#hex(id, USES.call);
  }

  /** `_unique_id`, by which a message that comes twice is known. */
  unique(message: Message): string {
    if (message.kind !== "reply") return this.#hex(message.id, USES.request);
    return this.#hex(message.id, message.part === "end" ? USES.ending : USES.reply);
  }

  #hex(id: number, use: number): string {
    const mark = mixed(this.#salt() ^ Math.imul(id, 0x9e3779b1));
    const word = (place: number): number => mixed(mark ^ (use * 4 + place));
    // Two digits say that it is a UUID of version 4.
    const version = (word(2) & 0xffff0fff) | 0x4000;
    const variant = (word(3) & 0x3fffffff) | 0x80000000;
    return hexOf(word(1)) + hexOf(version) + hexOf(variant) + hexOf(word(4));
  }
}

function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
