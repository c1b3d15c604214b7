/**
 * How a process connects to the broker, and again when the connection is gone. Upstream:
 * oslo.messaging 1.4.1 `_drivers/impl_rabbit.py` (rabbit_opts).
 */
import { seconds, type Duration } from "../kernel/index.js";

export interface RabbitOptions {
  /** `kombu_reconnect_delay`: waited before each attempt but the first of a new connection. */
  readonly reconnectDelay: Duration;
  /** `rabbit_retry_interval`, in seconds: waited after the first attempt that failed. */
  readonly retryInterval: number;
  /** `rabbit_retry_backoff`, in seconds: how much longer after each further one. */
  readonly retryBackoff: number;
  /** `rabbit_max_retries`; 0 is for ever. */
  readonly maxRetries: number;
}

export const RABBIT_DEFAULTS: RabbitOptions = {
  reconnectDelay: seconds(1),
  retryInterval: 1,
  retryBackoff: 2,
  maxRetries: 0,
};
