/**
 * Cards of a server: list, show, attach, detach; an attachment's id is its port's. And what is counted of
 * its guest. Upstream: nova/api/openstack/compute/contrib/attach_interfaces.py, server_diagnostics.py at
 * 2014.2.
 */
import { originalMessage } from "../../../../../bus/index.js";
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  isObject,
  item,
  noAttribute,
  NotImplementedException,
  str,
  truth,
  type Exception,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { computeHost } from "../../../compute/rpcapi.js";
import {
  FixedIpAlreadyInUse,
  InstanceInvalidState,
  InterfaceAttachFailed,
  NetworkAmbiguous,
  NetworkDuplicated,
  NetworkNotFound,
  PortInUse,
  PortNotFound,
} from "../../../exception.js";
import type { Vif } from "../../../network-api/model.js";
import * as vm from "../../../states/vm-states.js";
import type { NovaApp } from "../../app.js";
import { check } from "../../compute/checks.js";
import { stateConflict } from "../../faults.js";
import { badRequest } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { findServer } from "./look-up.js";

const RULE = "compute_extension:attach_interfaces";
const FROM: readonly vm.VmState[] = [vm.ACTIVE, vm.PAUSED, vm.STOPPED];
const MANY = "/servers/{id}/os-interface";
const ONE = `${MANY}/{port}` as const;

const DIAGNOSTICS = "compute_extension:server_diagnostics";

export const serverInterfaceRoutes: readonly NovaRoute[] = [
  route("GET", MANY, RULE, function* ({ app, ctxt, params }) {
    const { uuid: device_id } = findServer(app, ctxt, params.id);
    const ports = yield* app.network.list_ports(ctxt, { device_id });
    return respond(200, { interfaceAttachments: ports.map(attachmentView) });
  }),
  route("GET", ONE, RULE, function* ({ app, ctxt, params }) {
    findServer(app, ctxt, params.id);
    return yield* show(app, ctxt, params.id, params.port);
  }),
  route("POST", MANY, { inside: [RULE, "compute:attach_interface"] }, create),
  route("DELETE", ONE, { inside: [RULE, "compute:detach_interface"] }, remove),
  route(
    "GET",
    "/servers/{id}/diagnostics",
    { inside: [DIAGNOSTICS, "compute:get_diagnostics"] },
    diagnostics,
  ),
];

function* show(
  app: NovaApp,
  ctxt: RequestContext,
  serverId: string,
  portId: string,
): Op<HttpResponse> {
  const port = yield* app.network.show_port(ctxt, portId);
  if (port["device_id"] !== serverId) {
    const message = `Instance ${serverId} does not have a port with id${portId}`;
    throw new HttpFault(404, message);
  }
  return respond(200, { interfaceAttachment: attachmentView(port) });
}

const attachmentView = (port: JsonObject): JsonObject => ({
  net_id: port["network_id"] ?? null,
  port_id: port["id"] ?? null,
  mac_addr: port["mac_address"] ?? null,
  port_state: port["status"] ?? null,
  fixed_ips: port["fixed_ips"] ?? null,
});

/** The host is waited for, and the port read again. */
function* create(call: NovaCall<"id">): Op<HttpResponse> {
  const { app, ctxt, params, request, enforce } = call;
  enforce(ctxt, RULE);
  const { network_id, port_id, requested_ip } = wantedInterface(request.body);
  if (network_id !== null && port_id !== null) {
    throw badRequest("Must not input both network_id and port_id");
  }
  if (requested_ip !== null && network_id === null) {
    throw badRequest("Must input network_id when request IP address");
  }
  const instance = findServer(app, ctxt, params.id);
  app.env.log("info", "Attach interface");
  let vif: Vif;
  try {
    check(call, instance, { method: "attach_interface", from: FROM });
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    const wanted = { network_id, port_id, requested_ip };
    vif = yield* compute.attach_interface(ctxt, { instance, ...wanted });
  } catch (thrown) {
    throw attachFault(yield* caught(thrown));
  }
  findServer(app, ctxt, params.id);
  return yield* show(app, ctxt, params.id, vif.id);
}

interface WantedInterface {
  readonly network_id: string | null;
  readonly port_id: string | null;
  readonly requested_ip: string | null;
}

/** @throws KeyError, AttributeError */
function wantedInterface(body: Json): WantedInterface {
  if (!truth(body)) return { network_id: null, port_id: null, requested_ip: null };
  const attachment = item(body, "interfaceAttachment");
  if (!isObject(attachment)) throw noAttribute(attachment, "get");
  const { net_id = null, port_id = null, fixed_ips } = attachment;
  const [first] = Array.isArray(fixed_ips) ? (fixed_ips as readonly Json[]) : [];
  const ip = isObject(first) ? (first["ip_address"] ?? null) : null;
  return {
    network_id: textOrNull(net_id),
    port_id: textOrNull(port_id),
    requested_ip: textOrNull(ip),
  };
}

/** What is false asks for nothing. */
const textOrNull = (value: Json): string | null => (truth(value) ? str(value) : null);

const BAD_REQUESTS = [
  PortNotFound,
  FixedIpAlreadyInUse,
  PortInUse,
  NetworkDuplicated,
  NetworkAmbiguous,
  NetworkNotFound,
];

function attachFault(error: Exception): unknown {
  if (BAD_REQUESTS.some((kind) => error instanceof kind)) {
    return badRequest(originalMessage(error));
  }
  if (error instanceof InterfaceAttachFailed) {
    return new HttpFault(500, "Failed to attach interface");
  }
  return notImplemented(error) ?? stateConflict(error, "attach_interface");
}

function* remove(call: NovaCall<"id" | "port">): Op<HttpResponse> {
  const { app, ctxt, params, enforce } = call;
  enforce(ctxt, RULE);
  const { port: port_id } = params;
  const instance = findServer(app, ctxt, params.id);
  app.env.log("info", `Detach interface ${port_id}`);
  try {
    check(call, instance, { method: "detach_interface", from: FROM });
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    yield* compute.detach_interface(ctxt, { instance, port_id });
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw notImplemented(error) ?? stateConflict(error, "detach_interface");
  }
  return respond(202);
}

const notImplemented = (error: Exception): HttpFault | undefined =>
  error instanceof NotImplementedException
    ? new HttpFault(501, "Network driver does not support this function.")
    : undefined;

/** What only administrators see. */
function* diagnostics(call: NovaCall<"id">): Op<HttpResponse> {
  const { app, ctxt, params, enforce } = call;
  enforce(ctxt, DIAGNOSTICS);
  const instance = findServer(app, ctxt, params.id);
  try {
    check(call, instance, { method: "get_diagnostics", evenLocked: true });
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    return respond(200, yield* compute.get_diagnostics(ctxt, { instance }));
  } catch (thrown) {
    throw diagnosticsFault(yield* caught(thrown));
  }
}

/** The state is a number here, of which 0 counts as none. */
function diagnosticsFault(error: Exception): unknown {
  if (error instanceof NotImplementedException) {
    return new HttpFault(501, "Unable to get diagnostics, functionality not implemented");
  }
  if (!(error instanceof InstanceInvalidState)) return error;
  const { attr, state } = error.kwargs;
  if (typeof state !== "number" || state === 0) return stateConflict(error, "get_diagnostics");
  const where = `${String(attr)} ${String(state)}`;
  return new HttpFault(409, `Cannot 'get_diagnostics' while instance is in ${where}`);
}
