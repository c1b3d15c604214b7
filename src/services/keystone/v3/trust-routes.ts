/**
 * Trusts in v3: who gives one is the trustor, and no token that came by a trust can. To show one has no
 * rule at all, so nobody without a token is refused for that. Upstream: keystone/trust/controllers.py,
 * keystone/trust/routers.py at 2014.2.
 */
import { storedDate, type Row } from "../../../framework/index.js";
import { unixMicros } from "../../../kernel/index.js";
import {
  type Json,
  type JsonObject,
  contains,
  isObject,
  item,
  iterate,
  str,
  truth,
} from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Forbidden, NotFound, ValidationError, ValidationTimeStampError } from "../exception.js";
import { getRole, roleDict } from "../managers/assignment.js";
import { rolesOnProject } from "../managers/effective-roles.js";
import { getUser } from "../managers/identity.js";
import * as trusts from "../managers/trusts.js";
import { route } from "../policy.js";
import type { Trust } from "../store/rows.js";
import type { Caller } from "../tokens/caller.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { linked } from "./listing.js";

const TRUSTS = "/OS-TRUST/trusts";
const ONE = `${TRUSTS}/{trust_id}` as const;

/** Columns and `roles`; the rest of what a client sends is kept beside them. */
const KNOWN = new Set([
  "id",
  "roles",
  ...["trustor_user_id", "trustee_user_id", "project_id", "impersonation", "expires_at"],
  ...["remaining_uses", "deleted_at"],
]);

/** Whoever asks. Without a token, or with that of the configuration, it is nobody. @throws TokenNotFound */
const userOf = (caller: Caller): string => caller.validated().user_id;

/** @throws Forbidden for who is neither of the two */
function requireParty(trust: Row<Trust>, user: string): void {
  if (user !== trust.trustor_user_id && user !== trust.trustee_user_id) throw new Forbidden();
}

const linkedTrust = (base: string, dict: JsonObject): JsonObject =>
  linked(base, "OS-TRUST/trusts", dict);

function whole(app: KeystoneApp, base: string, row: Row<Trust>): JsonObject {
  const roles = row.role_ids.flatMap((id) => app.database.roles.get(id) ?? []);
  return linkedTrust(base, {
    ...trusts.trustDict(row),
    roles: roles.map((role) => linked(base, "roles", roleDict(role))),
    roles_links: {
      self: `${base}/v3${TRUSTS}/${row.uuid}/roles`,
      next: null,
      previous: null,
    },
  });
}

/** What may be looked up by the two whose trust it is. */
function shownTo({ app, caller }: Pick<V3Call, "app" | "caller">, trust_id: Json): Row<Trust> {
  const user = userOf(caller);
  const trust = trusts.getTrust(app, trust_id);
  requireParty(trust, user);
  return trust;
}

export const v3TrustRoutes = [
  v3Action(
    "POST",
    TRUSTS,
    {
      name: "create_trust",
      takes: [],
      optional: ["trust"],
      validates: "trust",
      about(_app, { trust = null }) {
        const trustor = isObject(trust) ? trust["trustor_user_id"] : undefined;
        return { trustor_user_id: typeof trustor === "string" ? trustor : undefined };
      },
    },
    function* (call) {
      const { app, base } = call;
      const ref = call.args["trust"] ?? null;
      if (!call.caller.bootstrap && call.caller.token().trust_id !== null) throw new Forbidden();
      if (!isObject(ref) || !truth(ref)) {
        throw new ValidationError({ attribute: "trust", target: "request" });
      }
      const project_id = textOf(ref["project_id"]);
      if (project_id !== null && !truth(ref["roles"] ?? null)) throw new Forbidden();
      const trustor_user_id = str(ref["trustor_user_id"] ?? null);
      if (userOf(call.caller) !== trustor_user_id) throw new Forbidden();
      const trustee_user_id = str(ref["trustee_user_id"] ?? null);
      getUser(app, trustee_user_id);
      const role_ids = rolesIn(app, "roles" in ref ? (ref["roles"] ?? null) : []);
      requireRoles(app, trustor_user_id, project_id, role_ids);
      const row = yield* trusts.createTrust(app, {
        trustor_user_id,
        trustee_user_id,
        project_id,
        impersonation: ref["impersonation"] === true,
        expires_at: expiryIn(app, ref["expires_at"] ?? null),
        remaining_uses: ref["remaining_uses"] ?? null,
        role_ids,
        extra: Object.fromEntries(Object.entries(ref).filter(([name]) => !KNOWN.has(name))),
      });
      return rendered(call, { trust: whole(app, base, row) });
    },
  ),
  v3Action("GET", TRUSTS, { name: "list_trusts", takes: [] }, function* (call) {
    const { app, caller, request } = call;
    const found: Row<Trust>[] = [];
    if (request.query.names().length === 0) {
      caller.assertAdmin();
      found.push(...app.database.trusts.find());
    }
    for (const party of ["trustor_user_id", "trustee_user_id"] as const) {
      const user = request.query.get(party);
      if (user === undefined) continue;
      if (userOf(caller) !== user) throw new Forbidden();
      found.push(...app.database.trusts.find({ [party]: user }));
    }
    return rendered(call, {
      trusts: found.map((row) => linkedTrust(call.base, trusts.trustDict(row))),
      links: {
        next: null,
        self: `${call.base}${request.path}${request.query.toString()}`,
        previous: null,
      },
    });
  }),
  route("GET", `/v3${ONE}`, null, function* ({ app, ctxt: caller, request, params }) {
    const row = shownTo({ app, caller }, params.trust_id);
    return rendered({ request }, { trust: whole(app, caller.base, row) });
  }),
  v3Action("DELETE", ONE, { name: "delete_trust", takes: ["trust_id"] }, function* (call) {
    const trust = trusts.getTrust(call.app, call.id("trust_id"));
    // The token of the configuration would do, but nobody finds out whose it is.
    if (userOf(call.caller) !== trust.trustor_user_id) throw new Forbidden();
    yield* trusts.deleteTrust(call.app, trust.uuid);
    return rendered(call, null);
  }),
  v3Action(
    "GET",
    `${ONE}/roles`,
    { name: "list_roles_for_trust", takes: ["trust_id"] },
    function* (call) {
      const { roles, roles_links: links } = whole(
        call.app,
        call.base,
        shownTo(call, call.id("trust_id")),
      );
      return rendered(call, { roles: roles ?? [], links: links ?? null });
    },
  ),
  ...(["GET", "HEAD"] as const).map((method) =>
    v3Action(
      method,
      `${ONE}/roles/{role_id}`,
      { name: "get_role_for_trust", takes: ["trust_id", "role_id"] },
      function* (call) {
        const id = call.id("role_id");
        trusts.roleOfTrust(shownTo(call, call.id("trust_id")), id);
        const role = linked(call.base, "roles", roleDict(getRole(call.app, id)));
        return rendered(call, { role });
      },
    ),
  ),
];

const textOf = (value: Json | undefined): string | null =>
  value === undefined || value === null ? null : str(value);

/** The ids of the roles that are named by id or by name. @throws ValidationError, NotFound */
function rolesIn({ database }: KeystoneApp, roles: Json): string[] {
  return iterate(roles).map((role) => {
    if (contains(role, "id")) return str(item(role, "id"));
    if (!contains(role, "name")) {
      throw new ValidationError({ attribute: "id or name", target: "roles" });
    }
    const name = str(item(role, "name"));
    const known = database.roles.first({ name });
    if (known === undefined) throw new NotFound({}, `role ${name} is not defined`);
    return known.uuid;
  });
}

/** Nobody hands on what it does not have. @throws NotFound */
function requireRoles(
  app: KeystoneApp,
  trustor: string,
  project_id: string | null,
  wanted: readonly string[],
): void {
  const project = project_id === null ? undefined : app.database.projects.get(project_id);
  if (project_id !== null && project === undefined) {
    throw new NotFound({ what: "project", id: project_id });
  }
  const own = project === undefined ? [] : rolesOnProject(app, trustor, project);
  const missing = wanted.find((id) => !own.includes(id));
  if (missing !== undefined) throw new NotFound({ what: "role", id: missing });
}

/** A date in UTC, as it is stored: in whole seconds. @throws ValidationTimeStampError */
function expiryIn({ env }: KeystoneApp, value: Json): string | null {
  if (value === null) return null;
  const text = str(value);
  const unix = unixMicros(text.endsWith("Z") ? text : `${text}Z`);
  if (Number.isNaN(unix)) throw new ValidationTimeStampError();
  const { calendar } = env.kernel;
  return storedDate(calendar.stamp(calendar.parse(text)));
}
