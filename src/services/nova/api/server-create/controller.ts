/**
 * `POST /servers`: reads the form, has the servers made, and says what is answered, also when they are refused. Upstream:
 * nova/api/openstack/compute/servers.py (create) at 2014.2; nova §1.1, §1.2.
 */
import { RemoteError } from "../../../../bus/index.js";
import { HttpFault, type HttpResponse, respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { IndexException, type Exception } from "../../../../python/index.js";
import { flavorByFlavorId } from "../../db/flavors.js";
import {
  ConfigDriveInvalidValue,
  FixedIpAlreadyInUse,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  FlavorNotFound,
  ImageNotActive,
  ImageNotFound,
  InstanceUserDataTooLarge,
  Invalid,
  InvalidMetadataSize,
  KeypairNotFound,
  NetworkNotFound,
  NoUniqueMatch,
  PortInUse,
  PortNotFound,
  QuotaError,
  SecurityGroupNotFound,
} from "../../exception.js";
import { badRequest } from "../input.js";
import { type NovaCall, type NovaRoute, route } from "../route.js";
import { createdServer, diskConfig } from "../views/server-view.js";
import { parseCreateBody } from "./create-body.js";
import { createRules, createServers } from "./create.js";

export const serverCreateRoutes: readonly NovaRoute[] = [
  route("POST", "/servers", { inside: createRules }, create),
];

function* create(call: NovaCall): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const { flags, db, store, env } = app;
  const parsed = parseCreateBody(request.body, {
    passwords: env.stream("password"),
    passwordLength: flags.password_length,
  });
  try {
    const flavor = flavorByFlavorId(db, store, ctxt, parsed.flavorRef);
    const created = yield* createServers(call, { ...parsed, flavor });
    if (parsed.returnReservationId) {
      return respond(202, { reservation_id: created.reservationId });
    }
    const [instance] = created.instances;
    if (instance === undefined) throw new IndexException("list index out of range");
    const server = createdServer(app, ctxt, instance);
    const location = server.links[0]?.href ?? "";
    const shown = {
      security_groups: parsed.securityGroups,
      "OS-DCF:diskConfig": diskConfig(instance),
      ...server,
      ...(flags.enable_instance_password && { adminPass: parsed.admin_password }),
    };
    return respond(202, { server: shown }, { location });
  } catch (error) {
    throw createFault(yield* caught(error));
  }
}

/** Errors whose own words are answered although their classes do not say whose fault it was. */
const BAD_REQUESTS = [
  ImageNotActive,
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  NetworkNotFound,
  PortNotFound,
  FixedIpAlreadyInUse,
  SecurityGroupNotFound,
  InstanceUserDataTooLarge,
  Invalid,
];

/** The fault to raise for `error`, looked for in upstream's order; itself where nothing is said. */
function createFault(error: Exception): Exception {
  if (error instanceof HttpFault) return error;
  const { message } = error;
  if (error instanceof QuotaError) return new HttpFault(403, message, { "Retry-After": "0" });
  if (error instanceof InvalidMetadataSize) return new HttpFault(413, message);
  if (error instanceof ImageNotFound) return badRequest("Can not find requested image");
  if (error instanceof FlavorNotFound) return badRequest("Invalid flavorRef provided.");
  if (error instanceof KeypairNotFound) return badRequest("Invalid key_name provided.");
  if (error instanceof ConfigDriveInvalidValue) return badRequest("Invalid config_drive provided.");
  if (error instanceof RemoteError) return badRequest(`${error.exc_type}: ${error.value}`);
  if (error instanceof PortInUse || error instanceof NoUniqueMatch) {
    return new HttpFault(409, message);
  }
  return BAD_REQUESTS.some((kind) => error instanceof kind) ? badRequest(message) : error;
}
