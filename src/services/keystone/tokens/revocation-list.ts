/**
 * The list of what is revoked, for whoever checks signed tokens by itself. It is signed in turn, so
 * where nothing is, it cannot be made. Upstream: keystone/token/controllers.py and
 * keystone/auth/controllers.py (revocation_list) at 2014.2.
 */
import { cmsSign } from "../../../framework/index.js";
import { dumps, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Gone, UnexpectedError } from "../exception.js";

/** @throws Gone where rows are not marked; UnexpectedError without certificates */
export function revocationList({ env, flags, form, revocations }: KeystoneApp): JsonObject {
  if (!flags.revoke_by_id) throw new Gone();
  const { certificates } = form;
  if (certificates === undefined) throw new UnexpectedError();
  const { calendar } = env.kernel;
  const revoked = revocations.listed().map(({ token: id, expires }) => ({
    id,
    expires: calendar.iso(calendar.parse(expires)),
  }));
  return { signed: cmsSign(dumps({ revoked }), certificates.signing) };
}
