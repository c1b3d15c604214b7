/**
 * What simulated code raises: a Python exception, with the name and module it has upstream. These
 * travel over the wire and are caught by services. Any other JavaScript error in simulated code is
 * a mistake of the simulator and ends the run, unless unchecked data is about (`from-javascript.ts`).
 */

/** Base of every error that is part of the simulation. */
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

export class ValueError extends Exception {
  override readonly name: string = "ValueError";
}

export class KeyError extends Exception {
  override readonly name: string = "KeyError";
}

export class AttributeError extends Exception {
  override readonly name: string = "AttributeError";
}

export class IndexException extends Exception {
  override readonly name: string = "IndexError";
}

export class RuntimeException extends Exception {
  override readonly name: string = "RuntimeError";
}

export class NotImplementedException extends Exception {
  override readonly name: string = "NotImplementedError";
}

/** Python's TypeError; JavaScript's own means a mistake of the simulator. */
export class PythonTypeError extends Exception {
  override readonly name: string = "TypeError";
}

/** The error of an operation under `withTimeout`: `eventlet.timeout.Timeout`. */
export class TimedOut extends Exception {
  static override readonly module: string = "eventlet.timeout";
  override readonly name: string = "Timeout";
}
