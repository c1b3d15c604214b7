/**
 * Trusts: what one user lets another one do in its place, how often and until when. One that is spent
 * or past its time is not found, though lists have it. Upstream: keystone/trust/core.py,
 * keystone/trust/backends/sql.py at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound, TrustNotFound, TrustUseLimitReached, ValidationError } from "../exception.js";
import type { Trust } from "../store/rows.js";

/** The trust, if it can still be used. */
export function usableTrust({ database }: KeystoneApp, id: Json): Row<Trust> | undefined {
  const trust = typeof id === "string" ? database.trusts.get(id) : undefined;
  if (trust === undefined) return undefined;
  const { calendar, now } = database.kernel;
  if (trust.expires_at !== null && calendar.stamp(now) > trust.expires_at) return undefined;
  return trust.remaining_uses !== null && trust.remaining_uses <= 0 ? undefined : trust;
}

/** @throws TrustNotFound */
export function getTrust(app: KeystoneApp, trust_id: Json): Row<Trust> {
  const trust = usableTrust(app, trust_id);
  if (trust === undefined) throw new TrustNotFound({ trust_id });
  return trust;
}

/** @throws ValidationError for a number of uses that is none */
export function* createTrust(
  app: KeystoneApp,
  trust: Omit<Trust, "remaining_uses" | "uuid"> & { readonly remaining_uses: Json },
): Op<Row<Trust>> {
  const uuid = app.newId();
  const { remaining_uses } = trust;
  if (remaining_uses !== null && !isPositive(remaining_uses)) {
    throw new ValidationError({}, "remaining_uses must be a positive integer or null.");
  }
  const row = app.database.trusts.insert({ ...trust, uuid, remaining_uses });
  yield* app.changed("OS-TRUST:trust", "created", uuid);
  return row;
}

/** @throws TrustNotFound */
export function* deleteTrust(app: KeystoneApp, trust_id: string): Op<void> {
  if (app.database.trusts.softDelete(trust_id) === undefined) throw new TrustNotFound({ trust_id });
  app.revocations.ofTrust(trust_id);
  yield* app.changed("OS-TRUST:trust", "deleted", trust_id);
}

/** A token was issued by it. @throws TrustNotFound, TrustUseLimitReached */
export function consumeUse({ database }: KeystoneApp, trust_id: string): void {
  const trust = database.trusts.get(trust_id);
  if (trust === undefined) throw new TrustNotFound({ trust_id });
  const { remaining_uses } = trust;
  if (remaining_uses === null) return;
  if (remaining_uses <= 0) throw new TrustUseLimitReached({ trust_id });
  database.trusts.update(trust_id, { remaining_uses: remaining_uses - 1 });
}

/** As the API speaks of it, without roles: `2014-09-18T05:00:00.000000Z`. */
export function trustDict(row: Row<Trust>): JsonObject {
  const { trustor_user_id, trustee_user_id, project_id, impersonation, remaining_uses } = row;
  return {
    ...row.extra,
    id: row.uuid,
    trustor_user_id,
    trustee_user_id,
    project_id,
    impersonation,
    expires_at: row.expires_at === null ? null : `${row.expires_at}Z`,
    remaining_uses,
    deleted_at: null,
  };
}

/** Which of the roles that a trust hands on are there still. @throws NotFound for one that is not */
export function roleOfTrust({ role_ids }: Row<Trust>, id: string): void {
  if (!role_ids.includes(id)) throw new NotFound({ what: "role", id });
}

const isPositive = (value: Json): value is number =>
  typeof value === "number" && Number.isInteger(value) && value > 0;
