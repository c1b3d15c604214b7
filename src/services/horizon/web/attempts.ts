/**
 * Calls to services whose failure the person is told of in words of the page's own. Upstream: `try ... except Exception:
 * exceptions.handle(request, message)`, as views have it at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import { handle, type HandleOptions } from "./exceptions.js";
import type { HorizonRequest } from "./request.js";

/** What `op` answers; undefined, and `message` to the person, if it fails. */
export function* attempted<T>(
  request: HorizonRequest,
  message: string | undefined,
  op: () => Op<T>,
  options: HandleOptions = {},
): Op<T | undefined> {
  try {
    return yield* op();
  } catch (thrown) {
    handle(request, yield* caught(thrown), message, options);
    return undefined;
  }
}

/** What `op` lists; nothing, and `message`, if it fails. */
export function* listed<T>(
  request: HorizonRequest,
  message: string,
  op: () => Op<readonly T[]>,
): Op<readonly T[]> {
  return (yield* attempted(request, message, op)) ?? [];
}

/** Whether `op` could be done; if not, `message` says so. */
export function* succeeded(
  request: HorizonRequest,
  message: string | undefined,
  op: () => Op<unknown>,
  options: HandleOptions = {},
): Op<boolean> {
  const done = yield* attempted(
    request,
    message,
    function* () {
      yield* op();
      return true;
    },
    options,
  );
  return done === true;
}

/**
 * What the page cannot do without: if it fails, the person is sent to `redirect`. A refused token leads nowhere, so that the
 * view goes on with a name that was never bound, which ends it.
 */
export function* required<T>(
  request: HorizonRequest,
  message: string,
  redirect: string,
  op: () => Op<T>,
): Op<T> {
  try {
    return yield* op();
  } catch (thrown) {
    handle(request, yield* caught(thrown), message, { redirect });
    throw new UnboundLocalError("local variable referenced before assignment");
  }
}

class UnboundLocalError extends Exception {
  static override readonly module: string = "exceptions";
  override readonly name: string = "UnboundLocalError";
}
