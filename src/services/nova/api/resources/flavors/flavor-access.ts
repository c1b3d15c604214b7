/**
 * Which projects may use a private flavor. Upstream: contrib/flavor_access.py at 2014.2; nova §5.2.
 */
import { isObject } from "../../../../../python/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import { addFlavorAccess, flavorProjects, removeFlavorAccess } from "../../../db/flavors.js";
import { FlavorAccessExists, FlavorAccessNotFound } from "../../../exception.js";
import type { Flavor } from "../../../objects/flavor.js";
import type { NovaApp } from "../../app.js";
import { badRequest } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { findFlavor } from "./flavors.js";

const POLICY = "compute_extension:flavor_access";

type Change = (db: NovaApp["db"], flavor: Flavor, project: string) => void;

const CHANGES = {
  addTenantAccess: addFlavorAccess,
  removeTenantAccess: removeFlavorAccess,
} satisfies Record<string, Change>;

const CHANGE_RULES = [`${POLICY}:addTenantAccess`, `${POLICY}:removeTenantAccess`] as const;

const isChange = (name: string): name is keyof typeof CHANGES => Object.hasOwn(CHANGES, name);

const accessList = ({ db }: NovaApp, { id, flavorid }: Flavor) => ({
  flavor_access: flavorProjects(db, id).map((tenant_id) => ({ flavor_id: flavorid, tenant_id })),
});

export const flavorAccessRoutes: readonly NovaRoute[] = [
  route("GET", "/flavors/{id}/os-flavor-access", POLICY, function* ({ app, ctxt, params: { id } }) {
    const flavor = findFlavor(app, ctxt, id);
    if (flavor.is_public) {
      throw new HttpFault(404, "Access list not available for public flavors.");
    }
    return respond(200, accessList(app, flavor));
  }),
  route("POST", "/flavors/{id}/action", { inside: CHANGE_RULES }, function* (call) {
    const {
      app,
      ctxt,
      params: { id },
    } = call;
    const { change, tenant } = changeOf(call);
    const flavor = findFlavor(app, ctxt, id);
    try {
      change(app.db, flavor, tenant);
    } catch (error) {
      if (error instanceof FlavorAccessExists) throw new HttpFault(409, error.message);
      if (error instanceof FlavorAccessNotFound) throw new HttpFault(404, error.message);
      throw error;
    }
    return respond(200, accessList(app, flavor));
  }),
];

/** @throws HttpFault 400, PolicyNotAuthorized */
function changeOf({ ctxt, request: { body }, enforce }: NovaCall) {
  const entries = isObject(body) ? Object.entries(body) : [];
  const [first] = entries;
  if (first === undefined || entries.length > 1) throw badRequest("Malformed request body");
  const [name, argument] = first;
  if (!isChange(name)) throw badRequest(`There is no such action: ${name}`);
  enforce(ctxt, `${POLICY}:${name}`);
  if (!isObject(argument)) throw badRequest("Invalid request body");
  const tenant = argument["tenant"];
  if (typeof tenant !== "string" || tenant === "") throw badRequest("Missing tenant parameter");
  return { change: CHANGES[name], tenant };
}
