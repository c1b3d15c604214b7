/**
 * How an exception travels: class, module, message, traceback, args and kwargs go over the wire,
 * and the caller rebuilds the class if its module is allowed. Upstream: oslo.messaging 1.4
 * `_drivers/common.py` (serialize_remote_exception, deserialize_remote_exception); spec A5.
 */

/** An exception as a reply carries it. */
export interface SerializedFailure {
  readonly class: string;
  readonly module: string;
  readonly message: string;
  readonly tb: readonly string[];
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}
