/**
 * Servers one by one: show, rename, delete. Upstream: nova/api/openstack/compute/servers.py at
 * 2014.2; nova §5.4.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  boolFromString,
  ipAddress,
  isIpv4,
  isIpv6,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InstanceInvalidState, NotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import { deleteInstance, softDeleteInstance } from "../../compute/delete.js";
import { stateConflict } from "../../faults.js";
import { badRequest, checkedText, entity } from "../../input.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { checkedAddress } from "../../server-create/create-body.js";
import { withDiskConfig } from "../../server-create/request-extensions.js";
import { basicServer, diskConfig, fullServer } from "../../views/server-view.js";
import { findServer, getServer } from "./look-up.js";

/** The rule of whatever shows a server. */
export const GET = { inside: "compute:get" } as const;

const DELETE = ["compute:delete", "compute:soft_delete"] as const;

const MISSING = "Instance could not be found";

export const serverRoutes: readonly NovaRoute[] = [
  route("GET", "/servers/{id}", GET, function* (call) {
    return respond(200, { server: yield* show(call, getServer(call, MISSING)) });
  }),
  route("PUT", "/servers/{id}", { inside: "compute:update" }, function* (call) {
    return respond(200, { server: yield* update(call) });
  }),
  route("DELETE", "/servers/{id}", { inside: DELETE }, function* (call) {
    const instance = findServer(call.app, call.ctxt, call.params.id, MISSING);
    try {
      yield* deleteOrQueue(call, instance);
    } catch (error) {
      throw error instanceof NotFound
        ? new HttpFault(404, MISSING)
        : stateConflict(error, "delete");
    }
    return respond(204);
  }),
];

/** `_delete`: for a while where there is one, and for good what was never active. */
function* deleteOrQueue(call: NovaCall, instance: Instance): Op<void> {
  if (call.app.flags.reclaim_instance_interval === 0) {
    yield* deleteInstance(call, instance);
    return;
  }
  try {
    yield* softDeleteInstance(call, instance);
  } catch (error) {
    if (!(error instanceof InstanceInvalidState)) throw error;
    yield* deleteInstance(call, instance);
  }
}

/** In full; its security groups are asked of Neutron. */
function* show({ app, ctxt }: NovaCall, instance: Instance): Op<JsonObject> {
  const { uuid } = instance;
  const groups = yield* app.securityGroups.get_instances_security_groups_bindings(ctxt, [uuid]);
  return fullServer(app, ctxt, instance, groups.get(uuid));
}

/** Answers what the controller itself knows; of all extensions only DiskConfig adds to an update. */
function* update(call: NovaCall<"id">): Op<JsonObject> {
  const { app, ctxt, params, request } = call;
  const changes = changesOf(entity(withDiskConfig(request.body), "server"));
  const instance = findServer(app, ctxt, params.id, MISSING);
  call.enforce(instance);
  Object.assign(instance, changes);
  try {
    yield* instance.save(ctxt);
  } catch (error) {
    throw error instanceof NotFound ? new HttpFault(404, MISSING) : error;
  }
  return { ...basicServer(app, ctxt, instance), "OS-DCF:diskConfig": diskConfig(instance) };
}

type Changes = Partial<
  Pick<Instance, "display_name" | "access_ip_v4" | "access_ip_v6" | "auto_disk_config">
>;

/** @throws HttpFault 400 */
function changesOf(server: JsonObject): Changes {
  const { name, accessIPv4, accessIPv6, auto_disk_config } = server;
  const changes = {
    ...(name !== undefined && { display_name: checkedText(name, "Server name", 1, 255) }),
    ...(accessIPv4 !== undefined && { access_ip_v4: address(accessIPv4, "accessIPv4", isIpv4) }),
    ...(accessIPv6 !== undefined && { access_ip_v6: address(accessIPv6, "accessIPv6", isIpv6) }),
    ...(auto_disk_config !== undefined && { auto_disk_config: boolFromString(auto_disk_config) }),
  };
  if (Object.hasOwn(server, "hostId")) throw badRequest("HostId cannot be updated.");
  if (Object.hasOwn(server, "personality")) throw badRequest("Personality cannot be updated.");
  return changes;
}

/** An empty text removes the address. @throws HttpFault 400 */
const address = (
  given: Json,
  name: "accessIPv4" | "accessIPv6",
  valid: (text: string) => boolean,
): string | null => (truth(given) ? ipAddress(checkedAddress(given, name, valid)) : null);
