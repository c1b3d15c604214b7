/** What v2 makes of what its domain raises. Upstream: the except clauses of glance/api/v2/*.py at 2014.2. */
import { HttpFault } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { ValueError } from "../../../../python/index.js";
import {
  Duplicate,
  Forbidden,
  Invalid,
  InvalidImageStatusTransition,
  LimitExceeded,
  NotFound,
} from "../../exception.js";

/** The fault of HTTP that an error stands for; what stands for none goes on. */
function faultOf(error: unknown): unknown {
  if (error instanceof NotFound) return new HttpFault(404, error.message);
  if (error instanceof Forbidden) return new HttpFault(403, error.message);
  if (error instanceof LimitExceeded) return new HttpFault(413, error.message);
  if (error instanceof Duplicate) return new HttpFault(409, error.message);
  if (error instanceof InvalidImageStatusTransition) return error;
  if (error instanceof Invalid || error instanceof ValueError) {
    return new HttpFault(400, error.message);
  }
  return error;
}

/** `op` with its errors as faults. @param own what one route makes of some of them itself */
export function* asFaults<T>(op: Op<T>, own: (error: unknown) => unknown = faultOf): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    throw faultOf(own(error));
  }
}
