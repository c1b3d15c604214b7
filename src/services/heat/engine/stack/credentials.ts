/**
 * As whom Heat does things for a stack when nobody asks it to: by the name and the password that came with the
 * request that made it. Upstream: heat/engine/stack.py (stored_context) at 2014.2.
 */
import { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import { HeatError } from "../../exception.js";

/** `stored_context`: that of the credentials, in the request that goes on. @throws HeatError */
export function storedContext(
  db: HeatDatabase,
  { request_id }: HeatContext,
  id: number | null,
): HeatContext {
  const creds = id === null ? undefined : db.user_creds.get(id);
  if (creds === undefined) {
    throw new HeatError("Attempt to use stored_context with no user_creds");
  }
  const { username, password, tenant, tenant_id, auth_url } = creds;
  const who = { username, password, tenant, tenant_id, auth_url };
  return new HeatContext({ ...who, request_id, is_admin: false });
}
