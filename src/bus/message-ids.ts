/**
 * The ids that messages bear on the wire and in errors: 32 hexadecimal digits, as `uuid.uuid4().hex`
 * gives them. They are made from the run's seed and the message's number when somebody looks, so
 * that a message that nobody looks at costs none. Upstream: oslo.messaging 1.4.1
 * `_drivers/amqpdriver.py` (_send), `_drivers/amqp.py` (_add_unique_id).
 */
import type { Stream } from "../kernel/index.js";
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
    const start = mixed(this.#salt() ^ Math.imul(id, 0x9e3779b1));
    let hex = "";
    for (let word = 1; word <= 4; word++) {
      hex += mixed(start ^ (use * 4 + word))
        .toString(16)
        .padStart(8, "0");
    }
    return uuid4(hex);
  }
}

/** `hex` with the digits of version 4 in their places. */
export function uuid4(hex: string): string {
  const variant = "89ab"[parseInt(hex[16] ?? "0", 16) & 3] ?? "8";
  return `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
}

function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
