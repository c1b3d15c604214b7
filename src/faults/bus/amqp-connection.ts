/**
 * One TCP connection of a process to the broker: whether it stands, and how it is made again. A
 * process has one for each of its servers, one for its reply queue, and a pool of them to publish
 * with; each notices by itself that it is broken. Upstream: oslo.messaging 1.4.1
 * `_drivers/impl_rabbit.py` (Connection.reconnect, _connect, _disconnect); messaging §A4.
 */
import type { Broker } from "../../bus/broker/broker.js";
import { MessageDeliveryFailure, type ProcessLink } from "../../bus/index.js";
import { logAloud, seconds, sleep, type LogLine, type Op } from "../../kernel/index.js";

/** `interval_max`. */
const LONGEST_INTERVAL = 30;

/** kombu's `connect_timeout`, in which nobody answers. */
const CONNECT_TIMEOUT = seconds(5);

/** What keeps a process from connecting, as the socket says it. */
export type Obstacle = "[Errno 111] ECONNREFUSED" | "timed out";

export class AmqpConnection {
  readonly #link: ProcessLink;
  readonly #broker: Broker;
  readonly #obstacle: () => Obstacle | undefined;
  /** `self.connection` is not None: there is something to release, after a delay. */
  #made: boolean;
  #error: string | undefined;

  /** @param error why it does not stand; undefined for one that does */
  constructor(
    link: ProcessLink,
    broker: Broker,
    obstacle: () => Obstacle | undefined,
    error?: string,
  ) {
    this.#link = link;
    this.#broker = broker;
    this.#obstacle = obstacle;
    this.#made = error === undefined;
    this.#error = error;
  }

  get stands(): boolean {
    return this.#error === undefined;
  }

  /** What the first who uses it will be told. */
  get error(): string {
    return this.#error ?? "";
  }

  break(error: string): void {
    this.#error ??= error;
  }

  /**
   * Try until it stands. `retry` is how many times more than once; without it `rabbit_max_retries`.
   * @param declare what is to be done on a connection that has just been made
   * @throws MessageDeliveryFailure
   */
  *reconnect(retry?: number, declare?: () => void): Op<void> {
    const { retryInterval, retryBackoff, maxRetries } = this.#link.rabbit;
    const most = retry ?? (maxRetries > 0 ? maxRetries : -1);
    let interval = 0;
    for (let attempt = 1; ; attempt++) {
      yield* this.#disconnect();
      this.#log("info", `Connecting to AMQP server on ${this.#address}`);
      this.#made = true;
      const error = yield* this.#connect();
      if (error === undefined) {
        this.#error = undefined;
        declare?.();
        this.#log("info", `Connected to AMQP server on ${this.#address}`);
        return;
      }
      if (most >= 0 && attempt > most) {
        const tries = `after ${String(most)} tries: ${error}`;
        const message = `Unable to connect to AMQP server on ${this.#address} ${tries}`;
        this.#log("error", message);
        throw new MessageDeliveryFailure(message);
      }
      interval = attempt === 1 ? retryInterval || 1 : interval + retryBackoff;
      interval = Math.min(interval, LONGEST_INTERVAL);
      const again = `Trying again in ${String(interval)} seconds.`;
      this.#log("error", `AMQP server on ${this.#address} is unreachable: ${error}. ${again}`);
      yield* sleep(seconds(interval));
    }
  }

  *#disconnect(): Op<void> {
    const { reconnectDelay } = this.#link.rabbit;
    if (!this.#made || reconnectDelay === 0) return;
    this.#log("info", `Delaying reconnect for ${(reconnectDelay / 1e6).toFixed(1)} seconds...`);
    yield* sleep(reconnectDelay);
  }

  *#connect(): Op<Obstacle | undefined> {
    const obstacle = this.#obstacle();
    if (obstacle === "timed out") yield* sleep(CONNECT_TIMEOUT);
    return obstacle;
  }

  get #address(): string {
    const { hostname, port } = this.#broker;
    return `${hostname}:${String(port)}`;
  }

  #log(level: LogLine["level"], message: string): void {
    const { kernel, actor } = this.#link;
    logAloud(kernel, actor, level, message);
  }
}
