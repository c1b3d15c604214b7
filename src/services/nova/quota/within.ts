/**
 * A limit that is asked about before anything is reserved, with the exception that its controller has
 * for it. Upstream: `QUOTAS.limit_check` in nova/compute/api.py at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { OverQuota } from "../exception.js";
import type { QuotaEngine } from "./quota-engine.js";

interface Over {
  readonly overs: readonly string[];
  readonly quotas: Readonly<Record<string, number>>;
}

/** @throws what `over` makes of it, if `values` are more than the limits */
export function within(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  values: Parameters<QuotaEngine["limitCheck"]>[1],
  over: (details: Over) => Error,
): void {
  try {
    quotas.limitCheck(ctxt, values);
  } catch (error) {
    if (error instanceof OverQuota) throw over(error.kwargs as unknown as Over);
    throw error;
  }
}
