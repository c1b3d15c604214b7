/**
 * The body of `POST /servers` from what a user asked for. Keys are put in the order of upstream, on
 * which the printed order depends. Upstream: novaclient/v1_1/servers.py (create, _boot).
 */
import type { Json, JsonObject } from "../../../python/index.js";

/** Everything that may be asked of a boot; ids only. */
export interface BootRequest {
  readonly name: string;
  readonly imageId?: string | undefined;
  readonly flavorId: string;
  readonly minCount?: number | undefined;
  readonly maxCount?: number | undefined;
  readonly meta?: Readonly<Record<string, string>> | undefined;
  readonly keyName?: string | undefined;
  readonly hints?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** True, or a volume's id. */
  readonly configDrive?: true | string | undefined;
  readonly adminPass?: string | undefined;
  readonly securityGroups?: readonly string[] | undefined;
  readonly availabilityZone?: string | undefined;
  /** The first form, `<id>:<type>:<size>:<delete-on-terminate>` taken apart. */
  readonly blockDevicesV1?: readonly JsonObject[] | undefined;
  readonly blockDevices?: readonly JsonObject[] | undefined;
  readonly nics?: readonly Nic[] | undefined;
  /** In base64. */
  readonly userData?: string | undefined;
  readonly reservationId?: string | undefined;
  /** Files by their paths, in base64. */
  readonly personality?: readonly JsonObject[] | undefined;
  /** `AUTO`, `MANUAL`. */
  readonly diskConfig?: string | undefined;
}

export interface Nic {
  readonly uuid?: string;
  readonly fixed_ip?: string;
  readonly port?: string;
}

export function bootBody(request: BootRequest): JsonObject {
  const { name, imageId = "", flavorId, meta, keyName, configDrive, adminPass } = request;
  const { hints, securityGroups, availabilityZone, nics, userData, reservationId } = request;
  const { personality, diskConfig } = request;
  const server: Record<string, Json> = { name, imageRef: imageId, flavorRef: flavorId };
  const body: Record<string, Json> = { server };
  if (userData !== undefined && userData !== "") server["user_data"] = userData;
  if (meta !== undefined && Object.keys(meta).length > 0) server["metadata"] = meta;
  if (reservationId !== undefined && reservationId !== "") {
    server["reservation_id"] = reservationId;
  }
  // novaclient 2.20 leaves an empty one out; it is sent, as older clients do, since Nova keeps it.
  if (keyName !== undefined) server["key_name"] = keyName;
  if (hints !== undefined && Object.keys(hints).length > 0) body["os:scheduler_hints"] = hints;
  if (configDrive !== undefined && configDrive !== "") server["config_drive"] = configDrive;
  if (adminPass !== undefined && adminPass !== "") server["adminPass"] = adminPass;
  const minimum = request.minCount ?? 1;
  const maximum = request.maxCount ?? minimum;
  server["min_count"] = Math.min(minimum, maximum);
  server["max_count"] = maximum;
  if (securityGroups !== undefined && securityGroups.length > 0) {
    server["security_groups"] = securityGroups.map((group) => ({ name: group }));
  }
  if (personality !== undefined && personality.length > 0) server["personality"] = personality;
  if (availabilityZone !== undefined && availabilityZone !== "") {
    server["availability_zone"] = availabilityZone;
  }
  const { blockDevicesV1: first = [], blockDevices: second = [] } = request;
  if (first.length > 0) server["block_device_mapping"] = first;
  else if (second.length > 0) server["block_device_mapping_v2"] = withImage(imageId, second);
  if (nics !== undefined && nics.length > 0) server["networks"] = nics.map((nic) => ({ ...nic }));
  if (diskConfig !== undefined) server["OS-DCF:diskConfig"] = diskConfig;
  return body;
}

/** Beside block devices the image is one as well, the first. */
function withImage(imageId: string, devices: readonly JsonObject[]): JsonObject[] {
  if (imageId === "") return [...devices];
  const image = {
    uuid: imageId,
    source_type: "image",
    destination_type: "local",
    boot_index: 0,
    delete_on_termination: true,
  };
  return [image, ...devices];
}
