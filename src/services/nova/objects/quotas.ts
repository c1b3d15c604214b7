/**
 * Quota that was reserved for a change and is now taken or given back. Upstream:
 * nova/objects/quotas.py (1.0): the reservations travel with the request that uses them.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { callMethod, objectMethod, versioned } from "./base.js";

export interface QuotasFields {
  reservations: readonly string[];
  project_id: string | null;
  user_id: string | null;
}

export class Quotas extends versioned<QuotasFields>({
  name: "Quotas",
  version: "1.0",
  fields: {
    reservations: true,
    project_id: true,
    user_id: true,
  },
}) {
  /** The change has happened. Errors are logged upstream and never raised. */
  *commit(ctxt: RequestContext): Op<void> {
    if (this.reservations.length > 0) yield* callMethod(ctxt, this, quotasMethods.commit, {});
    this.refreshWith({ reservations: [] });
  }

  /** The change will not happen. */
  *rollback(ctxt: RequestContext): Op<void> {
    if (this.reservations.length > 0) yield* callMethod(ctxt, this, quotasMethods.rollback, {});
    this.refreshWith({ reservations: [] });
  }
}

export const quotasMethods = {
  commit: objectMethod()(Quotas, "commit"),
  rollback: objectMethod()(Quotas, "rollback"),
};
