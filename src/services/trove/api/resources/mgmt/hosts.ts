/**
 * Hosts and storage devices, of which the clients of Juno's Nova and Cinder know nothing: Trove asks them for
 * extensions that are not among them, so that each of these ends in an error of Trove's own. Upstream:
 * trove/extensions/mgmt/host, trove/extensions/mgmt/volume at 2014.2.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { AttributeError, truth } from "../../../../../python/index.js";
import { BadRequest } from "../../../exception.js";
import { heldTo } from "../../schemas/validator.js";
import { CREATE_INSTANCE } from "../../schemas/schemas.js";
import { adminRoute, bodyOf, route, type TroveCall, type TroveRoute } from "../../route.js";
import { updateConfiguration } from "../instance-actions.js";
import { deleteInstance, postInstance } from "../instances.js";

export const hostRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/hosts", (call) => {
    call.app.env.log("info", `Indexing a host for tenant '${call.params.tenant_id}'`);
    return hostsOf(call);
  }),
  adminRoute("GET", "/mgmt/hosts/{id}", (call) => {
    call.app.env.log("info", `Showing a host for tenant '${call.params.tenant_id}'`);
    return hostsOf(call);
  }),
  // Nobody is asked whether they may.
  route("POST", "/mgmt/hosts/{host}/instances/action", (call) => {
    const { app, params } = call;
    const whose = `host ${params.host} for tenant '${params.tenant_id}'`;
    app.env.log("info", `Committing an ACTION against ${whose}`);
    if (!truth(bodyOf(call))) throw new BadRequest({}, "Invalid request body.");
    return hostsOf(call);
  }),
  // Inherited from the controller of instances, with its schema: it is an instance's id that stands there.
  route("POST", "/mgmt/hosts", postInstance, { check: heldTo(CREATE_INSTANCE) }),
  route("PUT", "/mgmt/hosts/{id}", updateConfiguration),
  route("DELETE", "/mgmt/hosts/{id}", deleteInstance),
  adminRoute("GET", "/mgmt/storage", ({ app, ctxt, params }) => {
    app.env.log("info", `Indexing storage info for tenant '${params.tenant_id}'`);
    app.remote.cinder(ctxt);
    throw new AttributeError("'Client' object has no attribute 'rdstorage'");
  }),
];

/** @throws AttributeError, or what keeps Nova from being found */
function hostsOf({ app, ctxt }: TroveCall): Op<HttpResponse> {
  app.remote.nova(ctxt);
  throw new AttributeError("'Client' object has no attribute 'rdhosts'");
}
