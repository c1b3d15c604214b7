/**
 * Servers one by one: show, rename, delete. Upstream: nova/api/openstack/compute/servers.py at
 * 2014.2; nova §5.4.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { isIpv4, isIpv6, type Json, type JsonObject } from "../../../../../python/index.js";
import { instanceFromRow } from "../../../db/instances.js";
import { NotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { NovaApp } from "../../app.js";
import { deleteInstance } from "../../compute/delete.js";
import { stateConflict } from "../../faults.js";
import { badRequest, checkedText, entity } from "../../input.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { autoDiskConfig } from "../../server-create/create-body.js";
import { fullServer } from "../../views/server-view.js";

/** The rule of whatever shows a server. */
export const GET = { inside: "compute:get" } as const;

export const serverRoutes: readonly NovaRoute[] = [
  route("GET", "/servers/{id}", GET, function* (call) {
    return respond(200, { server: yield* show(call, getServer(call)) });
  }),
  route("PUT", "/servers/{id}", { inside: "compute:update" }, function* (call) {
    return respond(200, { server: yield* update(call) });
  }),
  route("DELETE", "/servers/{id}", { inside: "compute:delete" }, function* (call) {
    const instance = findServer(call.app, call.ctxt, call.params.id);
    try {
      yield* deleteInstance(call, instance);
    } catch (error) {
      if (error instanceof NotFound) throw new HttpFault(404, "Instance could not be found");
      throw stateConflict(error, "delete");
    }
    return respond(204);
  }),
];

/** In full; its security groups are asked of Neutron. */
function* show({ app, ctxt }: NovaCall, instance: Instance): Op<JsonObject> {
  const { uuid } = instance;
  const groups = yield* app.securityGroups.get_instances_security_groups_bindings(ctxt, [uuid]);
  return fullServer(app, ctxt, instance, groups.get(uuid));
}

function* update(call: NovaCall<"id">): Op<JsonObject> {
  const { app, ctxt, params, request } = call;
  const server = entity(request.body, "server");
  const changes: Partial<
    Pick<Instance, "display_name" | "access_ip_v4" | "access_ip_v6" | "auto_disk_config">
  > = {};
  if (server["name"] !== undefined) {
    changes.display_name = checkedText(server["name"], "Server name", 1, 255);
  }
  if (server["accessIPv4"] !== undefined) {
    changes.access_ip_v4 = address(
      server["accessIPv4"],
      isIpv4,
      "accessIPv4 is not proper IPv4 format",
    );
  }
  if (server["accessIPv6"] !== undefined) {
    changes.access_ip_v6 = address(
      server["accessIPv6"],
      isIpv6,
      "accessIPv6 is not proper IPv6 format",
    );
  }
  if (server["OS-DCF:diskConfig"] !== undefined) {
    changes.auto_disk_config = autoDiskConfig(server["OS-DCF:diskConfig"]);
  }
  if (server["hostId"] !== undefined) throw badRequest("HostId cannot be updated.");
  if (server["personality"] !== undefined) throw badRequest("Personality cannot be updated.");
  const instance = findServer(app, ctxt, params.id);
  call.enforce(instance);
  Object.assign(instance, changes);
  yield* instance.save(ctxt);
  return yield* show(call, instance);
}

/** An empty text removes the address. @throws HttpFault 400 */
function address(given: Json, valid: (text: string) => boolean, complaint: string): string | null {
  if (given === null || given === "") return null;
  if (typeof given !== "string" || !valid(given)) throw badRequest(complaint);
  return given;
}

/** The caller's own, or any for administrators. @throws HttpFault 404 */
export function findServer(app: NovaApp, ctxt: RequestContext, id: string): Instance {
  const row = app.db.instances.get(id);
  if (row === undefined || (!ctxt.is_admin && row.project_id !== ctxt.project_id)) {
    throw new HttpFault(404, `Instance ${id} could not be found.`);
  }
  return instanceFromRow(app.db, app.store, row);
}

/** The server that the URL names, to be shown. @throws HttpFault 404 */
export function getServer({ app, ctxt, params, enforce }: NovaCall<"id">): Instance {
  const instance = findServer(app, ctxt, params.id);
  enforce(instance);
  return instance;
}
