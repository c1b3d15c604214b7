/**
 * As whom Heat does things for a stack when nobody asks it to: by the name and the password that came with the
 * request, or by a trust. They are kept once for a stack and all that are nested in it, and go with it. Upstream:
 * heat/engine/stack.py (store, stored_context, delete), heat/db/sqlalchemy/api.py (user_creds_*) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import type { UserCredsRow } from "../../db/schema.js";
import { HeatError } from "../../exception.js";
import { exceptionOf } from "../scheduler/task.js";
import type { StackCore } from "./core.js";

/** @throws MissingCredentialError and what Keystone says of a trust */
export function* keepCredentials(stack: StackCore): Op<void> {
  if (stack.userCredsId !== null) return;
  const { db, deferredAuthMethod } = stack.parts;
  const { username, password, tenant, tenant_id, auth_url } = stack.context;
  let creds: UserCredsRow = { username, password, tenant, tenant_id, auth_url };
  if (deferredAuthMethod === "trusts") {
    const trust = yield* stack.clients.keystone.createTrust();
    creds = { username: null, password: null, tenant, tenant_id, auth_url: null, ...trust };
  }
  stack.userCredsId = db.user_creds.insert(creds).id;
}

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
  const { username, password, tenant, tenant_id, auth_url, trust_id, trustor_user_id } = creds;
  return new HeatContext({
    ...{ username, password, tenant, tenant_id, auth_url, request_id, is_admin: false },
    ...(trust_id !== undefined && { trust_id, trustor_user_id: trustor_user_id ?? null }),
  });
}

/** With them goes the trust, if there is one. @returns why that could not be; undefined if it could */
export function* forgetCredentials(stack: StackCore): Op<string | undefined> {
  const { userCredsId: id, parts, context } = stack;
  if (id === null) return undefined;
  const { trust_id, trustor_user_id } = parts.db.user_creds.get(id) ?? {};
  let wrong: string | undefined;
  if (trust_id !== undefined && trust_id !== null) {
    try {
      const { clients } =
        context.user_id === trustor_user_id
          ? stack
          : { clients: parts.clientsFor(storedContext(parts.db, context, id)) };
      yield* clients.keystone.deleteTrust(trust_id);
    } catch (thrown) {
      const { message } = yield* exceptionOf(thrown);
      parts.log("error", message);
      wrong = `Error deleting trust: ${message}`;
    }
  }
  parts.db.user_creds.remove(id);
  stack.userCredsId = null;
  return wrong;
}
