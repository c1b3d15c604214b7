/**
 * Servers that are a way into a project's VLAN from outside, and where they are to be reached. Upstream: contrib/cloudpipe.py,
 * contrib/cloudpipe_update.py at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import type { RequestContext } from "../../../../../framework/index.js";
import {
  get,
  ipAddress,
  item,
  intOf,
  isObject,
  KeyError,
  noAttribute,
  PythonTypeError,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { listInstances } from "../../../db/instances/instance-list.js";
import { projectNetworks } from "../../../db/networks.js";
import { NoMoreNetworks } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import * as vmStates from "../../../states/vm-states.js";
import type { NovaApp } from "../../app.js";
import { badRequest, shown } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { createRules } from "../../server-create/create.js";
import { launchVpnInstance } from "./launch.js";

const RULE = "compute_extension:cloudpipe";
const UPDATE = "compute_extension:cloudpipe_update";

export const cloudpipeRoutes: readonly NovaRoute[] = [
  route("GET", "/os-cloudpipe", RULE, function* ({ app, ctxt }) {
    return respond(200, { cloudpipes: cloudpipes(app, ctxt).map((one) => view(app, one)) });
  }),
  route("POST", "/os-cloudpipe", { inside: [RULE, ...createRules] }, function* (call) {
    const { app, ctxt, enforce } = call;
    enforce(ctxt, RULE);
    const { body } = call.request;
    if (!isObject(body)) throw noAttribute(body, "get");
    const { cloudpipe: params = {} } = body;
    if (!isObject(params)) throw noAttribute(params, "get");
    const named = params["project_id"] !== undefined;
    const project_id = named ? shown(get(params, "project_id")) : ctxt.project_id;
    // The token stays the administrator's.
    const own = ctxt.with({ project_id, user_id: "project-vpn", is_admin: false, roles: [] });
    const known = cloudpipes(app, own)[0];
    if (known !== undefined) return respond(200, { instance_id: known.uuid });
    try {
      const { uuid } = yield* launchVpnInstance({ ...call, ctxt: own });
      return respond(200, { instance_id: uuid });
    } catch (error) {
      if (!(error instanceof NoMoreNetworks)) throw error;
      throw badRequest(
        "Unable to claim IP for VPN instances, ensure it isn't running, and try again in a few minutes",
      );
    }
  }),
  route(
    "PUT",
    "/os-cloudpipe/{id}",
    UPDATE,
    function* ({ app: { db }, ctxt, params: { id }, request: { body } }) {
      if (id !== "configure-project") throw badRequest(`Unknown action ${id}`);
      const networks = projectNetworks(db, ctxt.project_id ?? "", true);
      const changes = placeIn(body);
      for (const network of networks) db.networks.update(network.id, changes);
      return respond(202);
    },
  ),
];

/** Those that the caller may see. */
function cloudpipes(app: NovaApp, ctxt: RequestContext): Instance[] {
  const filters = new Map<string, Json>([["deleted", false]]);
  const all = { limit: Infinity, marker: undefined };
  return listInstances(app.db, app.snapshots, ctxt, filters, all).filter(
    ({ image_ref, vm_state }) =>
      image_ref === app.flags.vpn_image_id && vm_state !== vmStates.DELETED,
  );
}

/** Of Neutron's networks nobody knows where they are to be reached: one that has an address is an error. */
function view(app: NovaApp, { uuid, project_id, created_at, info_cache }: Instance): JsonObject {
  if (info_cache.network_info.length > 0) throw new KeyError("'vpn_public_address'");
  return { project_id, instance_id: uuid, created_at: app.iso(created_at ?? "") };
}

/** @throws HttpFault 400 */
function placeIn(body: Json): {
  readonly vpn_public_address: string;
  readonly vpn_public_port: number;
} {
  try {
    const params = item(body, "configure_project");
    const [ip, port] = [item(params, "vpn_ip"), item(params, "vpn_port")];
    return { vpn_public_address: ipAddress(shown(ip)), vpn_public_port: intOf(shown(port)) };
  } catch (error) {
    const known = [KeyError, PythonTypeError, ValueError].some((kind) => error instanceof kind);
    if (!known) throw error;
    throw badRequest(`Invalid request body: ${(error as Error).message}`);
  }
}
