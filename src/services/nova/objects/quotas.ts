/**
 * Quota that was reserved for a change and is now taken or given back. Upstream:
 * nova/objects/quotas.py (1.1): the reservations travel with the request that uses them.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { callMethod, objectMethod, versioned } from "./base.js";

export interface QuotasFields {
  /** None once they are taken or given back. */
  reservations: readonly string[] | null;
  project_id: string | null;
  user_id: string | null;
}

export class Quotas extends versioned<QuotasFields>({
  name: "Quotas",
  version: "1.1",
  fields: {
    reservations: true,
    project_id: true,
    user_id: true,
  },
}) {
  /** The change has happened. Whether there is anything to take, whoever runs it looks. */
  *commit(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, quotasMethods.commit, {});
  }

  /** The change will not happen. */
  *rollback(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, quotasMethods.rollback, {});
  }
}

export const quotasMethods = {
  commit: objectMethod()(Quotas, "commit"),
  rollback: objectMethod()(Quotas, "rollback"),
};
