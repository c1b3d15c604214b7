/**
 * Administrators make and remove flavors. What a new one must be is in `new-flavor.ts`. Upstream:
 * contrib/flavormanage.py at 2014.2; nova §5.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { Json } from "../../../../../python/index.js";
import { createFlavor, deleteFlavor } from "../../../db/flavors.js";
import { FlavorCreateFailed, FlavorExists, FlavorIdExists } from "../../../exception.js";
import { badRequest, validEntity } from "../../input.js";
import { type NovaRoute, route } from "../../route.js";
import { fullFlavor } from "../../views/flavor-view.js";
import { findFlavor, flavorNotFound } from "./flavors.js";
import { newFlavor, type FlavorRequest } from "./new-flavor.js";

const POLICY = "compute_extension:flavormanage";

export const flavorManageRoutes: readonly NovaRoute[] = [
  route("POST", "/flavors", POLICY, function* ({ app, ctxt, request: { body } }) {
    const request = requested(body);
    try {
      const flavor = newFlavor(request, () => app.env.stream("flavor").uuid());
      return respond(200, { flavor: fullFlavor(app, ctxt, createFlavor(app.db, flavor)) });
    } catch (error) {
      if (error instanceof FlavorExists || error instanceof FlavorIdExists) {
        throw new HttpFault(409, error.message);
      }
      if (error instanceof FlavorCreateFailed) throw new HttpFault(500, error.message);
      throw error;
    }
  }),
  route("DELETE", "/flavors/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    deleteFlavor(app.db, findFlavor(app, ctxt, id, flavorNotFound).id);
    return respond(202);
  }),
];

/** What must be there, in the order in which it is missed. @throws HttpFault 400 */
function requested(body: Json): FlavorRequest {
  const given = validEntity(body, "flavor");
  if (given === undefined) throw badRequest("Invalid request body");
  const required = (key: string): Json => {
    const value = given[key] ?? null;
    if (value === null) throw badRequest(`A valid ${key} parameter is required`);
    return value;
  };
  const optional = (key: string, otherwise: Json): Json => {
    const value = given[key];
    return value === undefined ? otherwise : value;
  };
  return {
    name: required("name"),
    memory: required("ram"),
    vcpus: required("vcpus"),
    root_gb: required("disk"),
    flavorid: optional("id", null),
    ephemeral_gb: optional("OS-FLV-EXT-DATA:ephemeral", 0),
    swap: optional("swap", 0),
    rxtx_factor: optional("rxtx_factor", 1),
    is_public: optional("os-flavor-access:is_public", true),
  };
}
