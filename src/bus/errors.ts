/**
 * What can go wrong with a message, under oslo.messaging's names. `definite` says whether the act
 * certainly did not happen. Upstream: oslo/messaging/exceptions.py, rpc/client.py, rpc/dispatcher.py.
 */
import { AttributeError, Exception, repr } from "../python/index.js";
import { targetText, type Target } from "./target.js";

/**
 * Base of what can go wrong with a message.
 *
 * @example
 * ```ts
 * import { MessagingException, MessagingTimeout } from "novasim";
 *
 * console.log(new MessagingTimeout("no reply") instanceof MessagingException); // true
 * ```
 */
export class MessagingException extends Exception {
  static override readonly module: string = "oslo.messaging.exceptions";
  override readonly name: string = "MessagingException";
  /** Whether it is certain that the server did not, and will not, act on the message. */
  readonly definite: boolean = true;
}

/**
 * No reply came in time. The server may still act, or have acted.
 *
 * @example
 * ```ts
 * import { Cloud, MessagingTimeout } from "novasim";
 *
 * const cloud = new Cloud();
 * const admin = cloud.user("admin");
 * cloud.inject({ drop: { method: "ping" } });
 * const ping = { namespace: "baseapi", method: "ping", args: { arg: "?" } };
 * try {
 *   cloud.run(admin.rpc.call(admin.adminContext(), "conductor", ping));
 * } catch (error) {
 *   console.log(error instanceof MessagingTimeout && error.definite); // false
 * }
 * ```
 */
export class MessagingTimeout extends MessagingException {
  override readonly name: string = "MessagingTimeout";
  override readonly definite: boolean = false;
}

export class MessageDeliveryFailure extends MessagingException {
  override readonly name: string = "MessageDeliveryFailure";
}

/** Upstream: oslo.messaging 1.4.1 exceptions.py:39 puts the target behind the message. */
export class InvalidTarget extends MessagingException {
  override readonly name: string = "InvalidTarget";

  constructor(message: string, target: Target) {
    super(`${message}:${targetText(target)}`, { target: targetText(target) });
  }
}

/**
 * No endpoint serves the version of a message.
 *
 * @example
 * ```ts
 * import { MessagingException, UnsupportedVersion } from "novasim";
 *
 * const error = new UnsupportedVersion("Endpoint does not support RPC version 9.0");
 * console.log(error instanceof MessagingException, error.definite); // true true
 * ```
 */
export class UnsupportedVersion extends MessagingException {
  static override readonly module: string = "oslo.messaging.rpc.dispatcher";
  override readonly name: string = "UnsupportedVersion";
}

/**
 * An AttributeError upstream as well.
 *
 * @example
 * ```ts
 * import { AttributeError, NoSuchMethod } from "novasim";
 *
 * console.log(new NoSuchMethod("Endpoint does not support RPC method fly") instanceof AttributeError); // true
 * ```
 */
export class NoSuchMethod extends AttributeError {
  static override readonly module: string = "oslo.messaging.rpc.dispatcher";
  override readonly name: string = "NoSuchMethod";
}

/**
 * An exception that the caller may not or cannot rebuild: its class name and text.
 *
 * @example
 * ```ts
 * import { RemoteError } from "novasim";
 *
 * const error = new RemoteError("BoardIsFull", "no room", []);
 * console.log(error.exc_type, error.definite); // BoardIsFull false
 * ```
 */
export class RemoteError extends MessagingException {
  static override readonly module: string = "oslo.messaging.rpc.client";
  override readonly name: string = "RemoteError";
  override readonly definite: boolean = false;
  readonly exc_type: string;
  readonly value: string;

  constructor(excType: string, value: string, traceback: readonly string[]) {
    super(`Remote error: ${excType} ${value}\n${repr(traceback)}.`, {
      exc_type: excType,
      value,
    });
    this.exc_type = excType;
    this.value = value;
  }
}
