/**
 * How an exception travels: class, module, message, traceback, args and kwargs go over the wire,
 * and the caller rebuilds the class if its module is allowed. Upstream: oslo.messaging 1.4
 * `_drivers/common.py` (serialize_remote_exception, deserialize_remote_exception); messaging §A5.
 */
import {
  AttributeError,
  Exception,
  formatException,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  UnserializableError,
  ValueError,
  toJson,
  type Frame,
  type Json,
} from "../../python/index.js";
import { RemoteError } from "../errors.js";

/** An exception as a reply carries it. */
export interface SerializedFailure {
  readonly class: string;
  readonly module: string;
  readonly message: string;
  readonly tb: readonly string[];
  readonly args: readonly Json[];
  readonly kwargs: Readonly<Record<string, Json>>;
}

/** The classes of one allowed module, by name: a Python module, in effect. */
export type ExceptionModule = Readonly<Record<string, { readonly prototype: Exception }>>;

/** `allowed_remote_exmods`: which modules' exceptions a caller rebuilds. */
export type AllowedModules = ReadonlyMap<string, ExceptionModule>;

const REMOTE = "_Remote";

/** Python's own exceptions, which every caller knows (RPC-75). */
const BUILTINS: ExceptionModule = {
  AttributeError,
  Exception,
  formatException,
  KeyError,
  NotImplementedError: NotImplementedException,
  TypeError: PythonTypeError,
  ValueError,
};

/** The wire form of `error`. A suffix from an earlier hop is not doubled (RPC-78). */
export function serializeFailure(error: Exception): SerializedFailure {
  const name = error.name.endsWith(REMOTE) ? error.name.slice(0, -REMOTE.length) : error.name;
  return {
    class: name,
    module: error.module,
    message: error.message,
    tb: formatException(error, FRAMES),
    args: [error.message],
    kwargs: wireKwargs(error.kwargs),
  };
}

/**
 * The exception that the caller meets: of the original class, renamed `X_Remote`, with the
 * traceback in its text, if the module is allowed or a builtin; a RemoteError otherwise.
 */
export function deserializeFailure(failure: SerializedFailure, allowed: AllowedModules): Exception {
  const builtin = failure.module === "exceptions";
  const module = allowed.get(failure.module) ?? (builtin ? BUILTINS : undefined);
  const known = module !== undefined && Object.hasOwn(module, failure.class);
  const original = known ? module[failure.class] : undefined;
  if (original === undefined) return new RemoteError(failure.class, failure.message, failure.tb);
  // Rebuilt without its constructor: what an exception carries is its text and its kwargs.
  const rebuilt = Object.create(original.prototype) as Exception;
  return Object.assign(rebuilt, {
    name: builtin ? failure.class : `${failure.class}${REMOTE}`,
    message: `${failure.message}\n${failure.tb.join("\n")}`,
    kwargs: failure.kwargs,
  });
}

/** The text that the original raised, without the traceback that travelled with it. */
export function originalMessage(error: Exception): string {
  const at = error.message.indexOf("\nTraceback (most recent call last):");
  return at < 0 ? error.message : error.message.slice(0, at);
}

/** A failure must reach its caller whatever was put into it, so what is not JSON goes as its text. */
function wireKwargs(kwargs: Exception["kwargs"]): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(kwargs).map(([name, value]) => [name, jsonOrText(value)]),
  );
}

function jsonOrText(value: unknown): Json {
  try {
    return toJson(value);
  } catch (error) {
    if (error instanceof UnserializableError) return String(value);
    throw error;
  }
}

const DISPATCHER = "oslo/messaging/rpc/dispatcher.py";

/**
 * The frames of oslo.messaging 1.4.1 in which every method runs. Those of the method itself are left
 * out: there is no Python code to show, and a real stack would tie a recording to the machine that
 * it was made on.
 */
const FRAMES: readonly Frame[] = [
  { file: DISPATCHER, line: 134, name: "_dispatch_and_reply", code: "incoming.message))" },
  {
    file: DISPATCHER,
    line: 177,
    name: "_dispatch",
    code: "return self._do_dispatch(endpoint, method, ctxt, args)",
  },
  {
    file: DISPATCHER,
    line: 123,
    name: "_do_dispatch",
    code: "result = getattr(endpoint, method)(ctxt, **new_args)",
  },
];
