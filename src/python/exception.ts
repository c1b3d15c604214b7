/**
 * What simulated code raises: a Python exception, with the name and module it has upstream. These
 * travel over the wire and are caught by services. Any other JavaScript error in simulated code is
 * a mistake of the simulator and ends the run, unless unchecked data is about (`from-javascript.ts`).
 */

/**
 * Base of every error that is part of the simulation.
 *
 * @example
 * ```ts
 * import { Exception } from "novasim";
 *
 * class BoardIsFull extends Exception {
 *   static override readonly module = "board.exception";
 *   override readonly name = "BoardIsFull";
 * }
 * const error = new BoardIsFull("no room for another note");
 * console.log(`${error.module}.${error.name}: ${error.message}`); // board.exception.BoardIsFull: no room for another note
 * ```
 */
export class Exception extends Error {
  /** The Python module of the class. Builtins are in `exceptions`, as in Python 2. */
  static readonly module: string = "exceptions";
  override readonly name: string = "Exception";
  /** What the message was made from; a remote caller rebuilds the exception with these. */
  readonly kwargs: Readonly<Record<string, unknown>>;

  constructor(message = "", kwargs: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.kwargs = kwargs;
  }

  get module(): string {
    return (this.constructor as typeof Exception).module;
  }
}

/**
 * Python's ValueError: of the right type, and no value that there can be.
 *
 * @example
 * ```ts
 * import { RequestContext, ValueError } from "novasim";
 *
 * try {
 *   new RequestContext({ request_id: "req-1", read_deleted: "sometimes" as "only" });
 * } catch (error) {
 *   console.log(error instanceof ValueError); // true
 * }
 * ```
 */
export class ValueError extends Exception {
  override readonly name: string = "ValueError";
}

/**
 * Python's KeyError: a dictionary has no such key.
 *
 * @example
 * ```ts
 * import { Exception, KeyError } from "novasim";
 *
 * console.log(new KeyError("host") instanceof Exception); // true
 * ```
 */
export class KeyError extends Exception {
  override readonly name: string = "KeyError";
}

/**
 * Python's AttributeError: an object has no such attribute.
 *
 * @example
 * ```ts
 * import { AttributeError } from "novasim";
 *
 * const error = new AttributeError("'Instance' object has no attribute 'hosts'");
 * console.log(`${error.module}.${error.name}`); // exceptions.AttributeError
 * ```
 */
export class AttributeError extends Exception {
  override readonly name: string = "AttributeError";
}

export class IndexException extends Exception {
  override readonly name: string = "IndexError";
}

export class RuntimeException extends Exception {
  override readonly name: string = "RuntimeError";
}

/**
 * Python's NotImplementedError: a driver cannot do that.
 *
 * @example
 * ```ts
 * import { NotImplementedException } from "novasim";
 *
 * console.log(new NotImplementedException().name); // NotImplementedError
 * ```
 */
export class NotImplementedException extends Exception {
  override readonly name: string = "NotImplementedError";
}

/**
 * Python's TypeError; JavaScript's own means a mistake of the simulator.
 *
 * @example
 * ```ts
 * import { PythonTypeError } from "novasim";
 *
 * const error = new PythonTypeError("shelve() takes exactly 3 arguments (2 given)");
 * console.log(error.name, error instanceof TypeError); // TypeError false
 * ```
 */
export class PythonTypeError extends Exception {
  override readonly name: string = "TypeError";
}

/**
 * The error of an operation under `withTimeout`: `eventlet.timeout.Timeout`.
 *
 * @example
 * ```ts
 * import { Kernel, TimedOut, hours, seconds, sleep, withTimeout } from "novasim";
 *
 * try {
 *   new Kernel().complete(withTimeout(seconds(1), "the nap", sleep(hours(1))), { name: "nap" });
 * } catch (error) {
 *   console.log(error instanceof TimedOut); // true
 * }
 * ```
 */
export class TimedOut extends Exception {
  static override readonly module: string = "eventlet.timeout";
  override readonly name: string = "Timeout";
}
