/**
 * `PUT /v2.0/routers/{id}/add_router_interface` and its counterpart: what is done to a router that its
 * caller may see. Upstream: neutron/api/v2/base.py (`_handle_action`), extensions/l3.py at 2014.2.
 */
import { HttpFault, respond } from "../../../http/index.js";
import { PythonTypeError } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import type { Interfaces } from "../plugin/l3/interfaces.js";
import { understood } from "./body.js";
import { route } from "./policy.js";
import { ROUTER } from "./resource.js";

const action = (
  name: "add_router_interface" | "remove_router_interface",
  method: "add" | "remove",
) =>
  route(
    "PUT",
    `/v2.0/routers/{id}/${name}`,
    { inside: ["get_router", name] },
    function* ({ app: { plugin }, ctxt, request, params: { id }, enforce }) {
      const body = understood(request.body);
      const object = plugin.l3.routers.get(ctxt, id);
      const target = { resource: ROUTER, object, attributes: [], networkOwner: undefined };
      try {
        enforce(target, "get_router");
      } catch (error) {
        if (!(error instanceof PolicyNotAuthorized)) throw error;
        throw new HttpFault(404, "The resource could not be found.");
      }
      // The body is handed on, if there is one.
      if (body === null) throw new PythonTypeError(`${name}() takes exactly 4 arguments (3 given)`);
      enforce(target, name);
      const interfaces: Interfaces = plugin.l3.interfaces;
      return respond(200, yield* interfaces[method](ctxt, id, body));
    },
  );

export const routerActionRoutes = [
  action("add_router_interface", "add"),
  action("remove_router_interface", "remove"),
];
