/**
 * The ports of a server: list, show, attach, detach. Upstream:
 * nova/api/openstack/compute/contrib/attach_interfaces.py (InterfaceAttachmentController) at 2014.2.
 */
import { originalMessage } from "../../../../../bus/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  Exception,
  isObject,
  item,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  FixedIpAlreadyInUse,
  InterfaceAttachFailed,
  NetworkAmbiguous,
  NetworkDuplicated,
  NetworkNotFound,
  PortInUse,
  PortNotFound,
} from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import { attachInterface, detachInterface } from "../../compute/interfaces.js";
import { stateConflict } from "../../faults.js";
import { badRequest } from "../../input.js";
import type { NovaRule } from "../../policy.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { findServer } from "./look-up.js";

const POLICY = "compute_extension:attach_interfaces";

/** The rules of a method: the extension's, that of a look at the server, and that of the compute API. */
const under = (...rules: readonly NovaRule[]) =>
  ({ inside: [POLICY, "compute:get", ...rules] }) as const;

const PATH = "/servers/{id}/os-interface";

export const interfaceRoutes: readonly NovaRoute[] = [
  route("GET", PATH, under(), function* (call) {
    const { app, ctxt } = call;
    const { uuid } = serverOf(call);
    const ports = yield* app.network.list_ports(ctxt, { device_id: uuid });
    return respond(200, { interfaceAttachments: ports.map(view) });
  }),
  route("GET", `${PATH}/{port}`, under(), function* (call) {
    call.enforce(call.ctxt, POLICY);
    return yield* show(call, call.params.port);
  }),
  route("POST", PATH, under("compute:attach_interface"), create),
  route("DELETE", `${PATH}/{port}`, under("compute:detach_interface"), remove),
];

const view = (port: JsonObject): JsonObject => ({
  net_id: port["network_id"] ?? null,
  port_id: port["id"] ?? null,
  mac_addr: port["mac_address"] ?? null,
  port_state: port["status"] ?? null,
  fixed_ips: port["fixed_ips"] ?? null,
});

/** @throws HttpFault 404 */
function serverOf(call: NovaCall<"id">): Instance {
  const { app, ctxt, params } = call;
  call.enforce(ctxt, POLICY);
  const instance = findServer(app, ctxt, params.id);
  call.enforce(instance, "compute:get");
  return instance;
}

/** The server as the URL names it, which must be by its UUID. @throws HttpFault 404 */
function* show(call: NovaCall<"id">, id: string): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  serverOf(call);
  let port: JsonObject;
  try {
    port = yield* app.network.show_port(ctxt, id);
  } catch (error) {
    throw error instanceof PortNotFound ? new HttpFault(404, originalMessage(error)) : error;
  }
  if (port["device_id"] === params.id) return respond(200, { interfaceAttachment: view(port) });
  throw new HttpFault(404, `Instance ${params.id} does not have a port with id${id}`);
}

function* create(call: NovaCall<"id">): Op<HttpResponse> {
  call.enforce(call.ctxt, POLICY);
  const { body } = call.request;
  const given = truth(body) ? item(body, "interfaceAttachment") : {};
  const wanted = isObject(given) ? given : {};
  const network_id = textIn(wanted["net_id"]);
  const port_id = textIn(wanted["port_id"]);
  const requested_ip = firstAddress(wanted["fixed_ips"] ?? null);
  if (truth(network_id) && truth(port_id)) {
    throw badRequest("Must not input both network_id and port_id");
  }
  if (truth(requested_ip) && !truth(network_id)) {
    throw badRequest("Must input network_id when request IP address");
  }
  const instance = serverOf(call);
  call.app.env.log("info", "Attach interface");
  try {
    const vif = yield* attachInterface(call, instance, { network_id, port_id, requested_ip });
    return yield* show(call, vif.id);
  } catch (error) {
    throw attachFault(error);
  }
}

const textIn = (value: Json | undefined): string | null =>
  value === undefined || value === null ? null : str(value);

/** Whatever else it is, it is none. */
function firstAddress(fixed: Json): string | null {
  const first = Array.isArray(fixed) ? (fixed as readonly Json[])[0] : undefined;
  return first !== undefined && isObject(first) ? textIn(first["ip_address"]) : null;
}

const REFUSALS = [
  ...[PortNotFound, FixedIpAlreadyInUse, PortInUse, NetworkDuplicated],
  ...[NetworkAmbiguous, NetworkNotFound],
];

function attachFault(error: unknown): unknown {
  const refusal = REFUSALS.some((Kind) => error instanceof Kind);
  if (refusal && error instanceof Exception) return badRequest(originalMessage(error));
  if (error instanceof InterfaceAttachFailed) {
    return new HttpFault(500, "Failed to attach interface");
  }
  return stateConflict(error, "attach_interface");
}

function* remove(call: NovaCall<"id" | "port">): Op<HttpResponse> {
  const instance = serverOf(call);
  const { port } = call.params;
  call.app.env.log("info", `Detach interface ${port}`);
  try {
    yield* detachInterface(call, instance, port);
  } catch (error) {
    throw stateConflict(error, "detach_interface");
  }
  return respond(202);
}
