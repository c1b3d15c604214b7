/** A measurement of a server, with what Nova says of it. Upstream: ceilometer/compute/pollsters/util.py at 2014.2. */
import type { Env, FlagsOf } from "../../../framework/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { Measurement } from "../sample.js";
import { withUserMetadata, type userMetadataFlags } from "../user-metadata.js";

const PROPERTIES = ["reservation_id", "architecture", "OS-EXT-AZ:availability_zone"].concat([
  ...["kernel_id", "os_type", "ramdisk_id"],
]);

export type Measured = Pick<Measurement, "name" | "type" | "unit" | "volume">;

export interface SampleOptions {
  readonly resource_id?: string;
  readonly additional?: JsonObject;
}

/** `OS-EXT-SRV-ATTR:instance_name`: how libvirt calls it. */
export const instanceName = (instance: JsonObject): string =>
  textOf(instance, "OS-EXT-SRV-ATTR:instance_name");

export function instanceSample(
  env: Env,
  flags: FlagsOf<typeof userMetadataFlags>,
  instance: JsonObject,
  measured: Measured,
  { resource_id, additional = {} }: SampleOptions = {},
): Measurement {
  const { user_id = null, tenant_id = null, id = null } = instance;
  return {
    ...measured,
    user_id,
    project_id: tenant_id,
    resource_id: resource_id ?? id,
    timestamp: env.kernel.calendar.iso(env.kernel.now),
    resource_metadata: { ...metadataOf(flags, instance), ...additional },
  };
}

function metadataOf(flags: FlagsOf<typeof userMetadataFlags>, instance: JsonObject): JsonObject {
  const flavor = isObject(instance["flavor"]) ? instance["flavor"] : {};
  const { image = null, metadata = null } = instance;
  const extra = PROPERTIES.filter((name) => name in instance);
  const [disk, ephemeral] = [Number(flavor["disk"] ?? 0), Number(flavor["ephemeral"] ?? 0)];
  const properties = {
    display_name: instance["name"] ?? null,
    name: instanceName(instance),
    instance_type: flavor["id"] ?? null,
    host: instance["hostId"] ?? null,
    flavor,
    status: str(instance["status"] ?? null).toLowerCase(),
    image,
    image_ref: isObject(image) ? (image["id"] ?? null) : null,
    image_ref_url: isObject(image) ? firstLink(image) : null,
    ...Object.fromEntries(extra.map((name) => [name, instance[name] ?? null])),
    vcpus: flavor["vcpus"] ?? null,
    memory_mb: flavor["ram"] ?? null,
    disk_gb: flavor["disk"] ?? null,
    ephemeral_gb: flavor["ephemeral"] ?? null,
    root_gb: disk - ephemeral,
  };
  return withUserMetadata(flags, isObject(metadata) ? metadata : {}, properties);
}

function firstLink({ links = null }: JsonObject): Json {
  const [first = null] = Array.isArray(links) ? (links as readonly Json[]) : [];
  return isObject(first) ? (first["href"] ?? null) : null;
}
