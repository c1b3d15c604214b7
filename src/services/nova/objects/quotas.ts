/**
 * Quota that was reserved for a change and is now taken or given back. Upstream:
 * nova/objects/quotas.py (1.1): the reservations travel with the request that uses them.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { versioned } from "./base/declare.js";
import { callMethod, objectMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface QuotasFields {
  /** None once they are taken or given back. */
  reservations: readonly string[] | null;
  project_id: string | null;
  user_id: string | null;
}

/** Whose quota is asked for, and how much more or less of it. */
export interface QuotaDeltas {
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly instances?: number;
  readonly cores?: number;
  readonly ram?: number;
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
  /** Hold as much for a change. @throws OverQuota */
  *reserve(ctxt: RequestContext, { project_id, user_id, ...deltas }: QuotaDeltas): Op<void> {
    const asked = { project_id, user_id, ...deltas };
    yield* callMethod(ctxt, this, quotasMethods.reserve, asked);
  }

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
  reserve: objectMethod<QuotaDeltas>({
    options: ["project_id", "user_id", "instances", "cores", "ram"],
  })(Quotas, "reserve"),
  commit: objectMethod()(Quotas, "commit"),
  rollback: objectMethod()(Quotas, "rollback"),
};

/** A server, as far as it is somebody's. */
interface Owned {
  readonly project_id: string;
  readonly user_id: string;
}

/** `ids_from_instance`: an administrator's request counts for the project of the server. */
export const ownerOf = (ctxt: RequestContext, { project_id, user_id }: Owned): QuotaDeltas => ({
  project_id: ctxt.is_admin && ctxt.project_id !== project_id ? project_id : ctxt.project_id,
  user_id,
});

/** `from_reservations(context, None)`: of nobody, which there is nothing to take or give back of. */
export const noReservations = (store: ObjectStore): Quotas =>
  new Quotas(store, { reservations: null, project_id: null, user_id: null });

/** The reservations that a request about a server carries. */
export const fromReservations = (
  store: ObjectStore,
  ctxt: RequestContext,
  instance: Owned,
  reservations: readonly string[] | null,
): Quotas => {
  const { project_id, user_id } = ownerOf(ctxt, instance);
  return new Quotas(store, { reservations, project_id, user_id });
};
