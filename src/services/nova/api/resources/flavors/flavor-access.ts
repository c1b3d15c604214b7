/**
 * Which projects may use a private flavor. Upstream: contrib/flavor_access.py at 2014.2; nova §5.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { get, PythonTypeError, str, truth } from "../../../../../python/index.js";
import { addFlavorAccess, flavorProjects, removeFlavorAccess } from "../../../db/flavors.js";
import { FlavorAccessExists, FlavorAccessNotFound, FlavorNotFound } from "../../../exception.js";
import type { NovaApp } from "../../app.js";
import { badRequest } from "../../input.js";
import { namedAction } from "../../request-stack.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { findFlavor } from "./flavors.js";

const POLICY = "compute_extension:flavor_access";

type Change = (db: NovaApp["db"], flavorId: string, project: string) => readonly string[];

const CHANGES = {
  addTenantAccess: addFlavorAccess,
  removeTenantAccess: removeFlavorAccess,
} satisfies Record<string, Change>;

const CHANGE_RULES = [`${POLICY}:addTenantAccess`, `${POLICY}:removeTenantAccess`] as const;

const isChange = (name: string): name is keyof typeof CHANGES => Object.hasOwn(CHANGES, name);

const accessList = (flavor_id: string, projects: readonly string[]) => ({
  flavor_access: projects.map((tenant_id) => ({ flavor_id, tenant_id })),
});

export const flavorAccessRoutes: readonly NovaRoute[] = [
  route("GET", "/flavors/{id}/os-flavor-access", POLICY, function* ({ app, ctxt, params: { id } }) {
    const unknown = (): HttpFault => new HttpFault(404, "Flavor not found.");
    const flavor = findFlavor(app, ctxt, id, unknown);
    if (flavor.is_public) {
      throw new HttpFault(404, "Access list not available for public flavors.");
    }
    return respond(200, accessList(id, flavorProjects(app.db, flavor.id)));
  }),
  route("POST", "/flavors/{id}/action", { inside: CHANGE_RULES }, function* (call) {
    const { app, params } = call;
    const { change, tenant } = changeOf(call);
    try {
      return respond(200, accessList(params.id, change(app.db, params.id, tenant)));
    } catch (error) {
      if (error instanceof FlavorAccessExists) throw new HttpFault(409, error.message);
      if (error instanceof FlavorAccessNotFound || error instanceof FlavorNotFound) {
        throw new HttpFault(404, error.message);
      }
      throw error;
    }
  }),
];

/** @throws HttpFault 400, PolicyNotAuthorized; AttributeError for an argument that is no object */
function changeOf({ ctxt, request, enforce }: NovaCall) {
  const { name, argument } = namedAction(request);
  if (!isChange(name)) throw new PythonTypeError(`_${name}() got an unexpected keyword argument`);
  enforce(ctxt, `${POLICY}:${name}`);
  const tenant = get(argument, "tenant");
  if (!truth(tenant)) throw badRequest("Missing tenant parameter");
  return { change: CHANGES[name], tenant: str(tenant) };
}
