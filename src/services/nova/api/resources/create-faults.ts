/**
 * What is answered when a boot is refused. Upstream: nova/api/openstack/compute/servers.py (create)
 * at 2014.2; nova §1.2.
 */
import { RemoteError } from "../../../../bus/index.js";
import { HttpFault } from "../../../../http/index.js";
import { Exception } from "../../../../python/index.js";
import {
  ConfigDriveInvalidValue,
  FlavorNotFound,
  ImageNotFound,
  InstanceGroupNotFound,
  InvalidMetadataSize,
  KeypairNotFound,
  QuotaError,
} from "../../exception.js";

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
export function createFault(error: unknown): unknown {
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
