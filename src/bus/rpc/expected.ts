/**
 * Errors that a method raises in the course of its work, such as NoValidHost: its caller gets them as
 * any other, but the server has no fault to log. Upstream: oslo.messaging 1.4 `rpc/server.py`
 * (expected_exceptions, ExpectedException); RPC-80.
 */
import { caught, type Op } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";

/** What marks an error as expected on its way from the method to the server. */
export class ExpectedException extends Exception {
  static override readonly module: string = "oslo.messaging.rpc.server";
  override readonly name: string = "ExpectedException";
  /** The error that the caller gets. */
  readonly expected: Exception;

  constructor(expected: Exception) {
    super(expected.message, expected.kwargs);
    this.expected = expected;
  }
}

/**
 * Do `op`, the work of a method, which may well end in one of `types` or what derives from them.
 * @throws ExpectedException in place of these
 */
export function* expectedExceptions<T>(
  types: readonly (abstract new (...args: never[]) => Exception)[],
  op: Op<T>,
): Op<T> {
  try {
    return yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!types.some((type) => error instanceof type)) throw error;
    throw new ExpectedException(error);
  }
}
