/**
 * `POST /servers`, and the same controller under `/os-volumes_boot`: reads the form, has the servers
 * made, and says what is answered, also when they are refused. Upstream:
 * nova/api/openstack/compute/servers.py (create) at 2014.2; nova §1.1, §1.2.
 */
import { RemoteError } from "../../../../bus/index.js";
import { HttpFault, type HttpResponse, respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { flavorByFlavorId } from "../../db/flavors.js";
import {
  ConfigDriveInvalidValue,
  FlavorNotFound,
  ImageNotFound,
  InstanceGroupNotFound,
  InvalidMetadataSize,
  KeypairNotFound,
  QuotaError,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { type NovaCall, type NovaRoute, route } from "../route.js";
import { createdServer } from "../views/server-view.js";
import { parseCreateBody } from "./create-body.js";
import { createRules, createServers } from "./create.js";

export const serverCreateRoutes: readonly NovaRoute[] = [
  route("POST", "/servers", { inside: createRules }, create),
  route("POST", "/os-volumes_boot", { inside: createRules }, create),
];

function* create(call: NovaCall): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const { flags, db, store, env } = app;
  const parsed = parseCreateBody(request.body, {
    passwords: env.stream("password"),
    passwordLength: flags.password_length,
    allowDuplicateNetworks: flags.allow_duplicate_networks,
  });
  try {
    const flavor = flavorByFlavorId(db, store, ctxt, parsed.flavorRef);
    const created = yield* createServers(call, { ...parsed, flavor });
    if (parsed.returnReservationId) {
      return respond(202, { reservation_id: created.reservationId });
    }
    const server = createdServer(app, ctxt, created.instances[0] as Instance);
    const location = server.links[0]?.href ?? "";
    const shown = {
      security_groups: parsed.securityGroups,
      "OS-DCF:diskConfig": diskConfig(created.instances[0] as Instance),
      ...server,
      ...(flags.enable_instance_password && { adminPass: parsed.admin_password }),
    };
    return respond(202, { server: shown }, { location });
  } catch (error) {
    throw createFault(error);
  }
}

const diskConfig = ({ auto_disk_config }: Instance): string =>
  auto_disk_config === true ? "AUTO" : "MANUAL";

/** Errors that are about the request although their classes do not say so. */
const BAD_REQUESTS: ReadonlySet<string> = new Set([
  "FlavorDiskTooSmall",
  "FlavorMemoryTooSmall",
  "ImageNotActive",
  "InstanceUserDataMalformed",
  "InstanceUserDataTooLarge",
  "NetworkNotFound",
  "NetworkRequiresSubnet",
  "PortNotFound",
  "PortRequiresFixedIP",
  "SecurityGroupNotFound",
  "SecurityGroupNotFoundForProject",
]);

const CONFLICTS: ReadonlySet<string> = new Set([
  "FixedIpAlreadyInUse",
  "NoUniqueMatch",
  "PortInUse",
]);

/** The fault to raise for `error`; itself where nothing special is said. */
function createFault(error: unknown): unknown {
  if (!(error instanceof Exception) || error instanceof HttpFault) return error;
  const { message, name } = error;
  if (error instanceof QuotaError || name === "PortLimitExceeded") {
    return new HttpFault(403, message, { "Retry-After": "0" });
  }
  if (error instanceof RemoteError) {
    return new HttpFault(400, `${error.exc_type}: ${error.value}`);
  }
  if (error instanceof ImageNotFound) return new HttpFault(400, "Can not find requested image");
  if (error instanceof FlavorNotFound) return new HttpFault(400, "Invalid flavorRef provided.");
  if (error instanceof KeypairNotFound) return new HttpFault(400, "Invalid key_name provided.");
  if (error instanceof ConfigDriveInvalidValue) {
    return new HttpFault(400, "Invalid config_drive provided.");
  }
  if (error instanceof InvalidMetadataSize) return new HttpFault(413, message);
  if (error instanceof InstanceGroupNotFound) return new HttpFault(404, message);
  if (BAD_REQUESTS.has(name)) return new HttpFault(400, message);
  return CONFLICTS.has(name) ? new HttpFault(409, message) : error;
}
