/**
 * `addFloatingIp` and `removeFloatingIp`: a floating IP is led to a server, or away from it, and what
 * Nova remembers of the server's network is read anew. Upstream: contrib/floating_ips.py
 * (FloatingIPActionController) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  isObject,
  isUuidLike,
  str,
  type Exception,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { instanceFromRow } from "../../db/instances/instances.js";
import {
  FloatingIpAssociated,
  FloatingIpNotAssociated,
  FloatingIpNotFoundForAddress,
  Forbidden,
  InstanceNotFound,
} from "../../exception.js";
import type { NetworkInfo } from "../../network-api/model.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { plainFault } from "../faults.js";
import { badRequest } from "../input.js";

/** What must be said. @throws HttpFault 400 */
export function addressGiven(argument: Json): void {
  if (!isObject(argument)) throw badRequest("Missing parameter dict");
  if (!Object.hasOwn(argument, "address")) throw badRequest("Address not specified");
}

/** @throws HttpFault 400, 403, 404 */
export function* addFloatingIp(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  argument: Json,
): Op<void> {
  const asked = argument as JsonObject;
  const address = asked["address"] ?? null;
  const fixed = fixedAddress(app, instance, asked);
  try {
    yield* app.network.associate_floating_ip(ctxt, instance, {
      address,
      fixedAddress: fixed,
      find: (id) => instanceOf(app, ctxt, id),
    });
  } catch (thrown) {
    const about = { address, fixed, id: instance.uuid };
    throw addFault(app, yield* caught(thrown), about);
  }
}

/**
 * The server in the URL is not looked up: what counts is the one that the floating IP leads to.
 * @throws HttpFault 400, 403, 404, 422
 */
export function* removeFloatingIp(
  app: NovaApp,
  ctxt: RequestContext,
  id: string,
  argument: Json,
): Op<void> {
  const address = (argument as JsonObject)["address"] ?? null;
  let portId: string | null;
  try {
    ({ portId } = yield* app.floatingIps.get_floating_ip_by_address(ctxt, address));
  } catch (error) {
    if (!(error instanceof FloatingIpNotFoundForAddress)) throw error;
    throw new HttpFault(404, "floating ip not found");
  }
  const instance = yield* serverWith(app, ctxt, address);
  // A number in the URL is a text, and so no server's.
  if (instance === undefined || portId === null || !isUuidLike(id) || instance.uuid !== id) {
    const message = `Floating ip ${str(address)} is not associated with instance ${id}.`;
    throw new HttpFault(422, message);
  }
  try {
    yield* app.network.disassociate_floating_ip(ctxt, instance, address);
  } catch (error) {
    if (error instanceof Forbidden) throw plainFault(403);
    if (error instanceof FloatingIpNotAssociated) {
      throw badRequest("Floating ip is not associated");
    }
    throw error;
  }
}

/** The server that a floating IP leads to, if it does. @throws InstanceNotFound, FloatingIpNotFoundForAddress */
export function* serverWith(
  app: NovaApp,
  ctxt: RequestContext,
  address: Json,
): Op<Instance | undefined> {
  const id = yield* app.floatingIps.get_instance_id_by_floating_address(ctxt, address);
  return id === undefined ? undefined : instanceOf(app, ctxt, id);
}

/** @throws InstanceNotFound */
function instanceOf(app: NovaApp, ctxt: RequestContext, id: string): Instance {
  const row = app.db.instances.get(id);
  const own = ctxt.is_admin || row?.project_id === ctxt.project_id;
  if (row === undefined || !own) throw new InstanceNotFound({ instance_id: id });
  return instanceFromRow(app.db, app.store, row);
}

/** The one that is asked for, or the server's first, by what Nova remembers. @throws HttpFault 400 */
function fixedAddress(app: NovaApp, instance: Instance, asked: JsonObject): string {
  const cached = instance.info_cache.network_info as NetworkInfo;
  if (cached.length === 0) throw badRequest("No nw_info cache associated with instance");
  const known = cached.flatMap(({ network }) =>
    network.subnets.flatMap(({ ips }) => ips.map(({ address }) => address)),
  );
  const [first, ...others] = known;
  if (first === undefined || first === null) {
    throw badRequest("No fixed ips associated to instance");
  }
  const wanted = asked["fixed_address"];
  if (wanted !== undefined) {
    if (!known.some((address) => address === wanted)) {
      throw badRequest("Specified fixed address not assigned to instance");
    }
    if (typeof wanted === "string" && wanted !== "") return wanted;
  }
  if (others.length > 0) {
    app.env.log("warning", `multiple fixed_ips exist, using the first: ${first}`);
  }
  return first;
}

function addFault(
  { env }: NovaApp,
  error: Exception,
  about: { readonly address: Json; readonly fixed: string; readonly id: string },
): HttpFault {
  if (error instanceof FloatingIpAssociated) {
    return badRequest("floating ip is already associated");
  }
  if (error instanceof FloatingIpNotFoundForAddress) {
    return new HttpFault(404, "floating ip not found");
  }
  if (error instanceof Forbidden) return new HttpFault(403, error.message);
  const { address, fixed, id } = about;
  const message = `Unable to associate floating ip ${str(address)} to fixed ip ${fixed} for instance ${id}. Error: ${error.message}`;
  env.log("error", message);
  return badRequest(message);
}
