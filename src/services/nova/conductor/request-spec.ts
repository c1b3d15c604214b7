/**
 * What the conductor tells the scheduler: the request, where it was tried before, and afterwards
 * where it goes. Upstream: nova/scheduler/utils.py at 2014.2; nova §1.5, §1.10.
 */
import { repr, subscript } from "../../../python/index.js";
import type { NovaDatabase } from "../db/database.js";
import { extraSpecsByFlavorId } from "../db/flavors.js";
import { NoValidHost } from "../exception.js";
import type { ImageMeta, ImageOnWire } from "../image/image-meta.js";
import type { InheritedImage } from "../image/system-metadata.js";
import type { Instance } from "../objects/instance.js";
import type { Destination, FilterProperties, RequestSpec, Retry } from "../scheduler/rpcapi.js";
import { primitive } from "../objects/wire/primitive.js";
import type { FlavorOnWire } from "./rpcapi.js";

/** The first instance stands for all. */
export function buildRequestSpec(
  db: NovaDatabase,
  image: ImageMeta | ImageOnWire | InheritedImage | string | null,
  instances: readonly [Instance, ...Instance[]],
  flavor: FlavorOnWire = ownFlavor(instances[0]),
): RequestSpec {
  const [instance] = instances;
  return {
    image: told(image),
    instance_properties: primitive(instance),
    instance_type: { ...flavor, extra_specs: extraSpecsByFlavorId(db, flavor.flavorid) },
    num_instances: instances.length,
    instance_uuids: instances.map(({ uuid }) => uuid),
  };
}

/** An image, what a server remembers of one, which has no id, or the id alone. */
function told(
  image: ImageMeta | ImageOnWire | InheritedImage | string | null,
): RequestSpec["image"] {
  if (image === null || image === "") return {};
  if (typeof image === "string") return image;
  return "id" in image || !("status" in image) ? image : {};
}

/** The flavor as the instance has it; the extra specs that are told with it are those of today. */
function ownFlavor(instance: Instance): FlavorOnWire {
  const flavor = instance.flavor();
  const { name, flavorid, memory_mb, vcpus, root_gb, ephemeral_gb } = flavor;
  const { id, swap, rxtx_factor, vcpu_weight } = flavor;
  return {
    id,
    name,
    flavorid,
    memory_mb,
    vcpus,
    root_gb,
    ephemeral_gb,
    swap,
    rxtx_factor,
    vcpu_weight,
  };
}

/**
 * One attempt more. Forced builds are not tried again, nor any if there is but one attempt.
 * @throws NoValidHost after the last attempt
 */
export function populateRetry(
  properties: FilterProperties,
  maxAttempts: number,
  instanceUuid: string,
  log: (message: string) => void,
): FilterProperties {
  const { force_hosts = [], force_nodes = [] } = properties;
  if (maxAttempts === 1 || force_hosts.length > 0 || force_nodes.length > 0) return properties;
  const { exc, ...before }: Retry = properties.retry ?? { num_attempts: 0, hosts: [] };
  const retry: Retry = { ...before, num_attempts: before.num_attempts + 1 };
  const last = before.hosts.at(-1);
  if (exc !== undefined && exc.length > 0 && last !== undefined) {
    const [host, node] = last;
    log(`Error from last host: ${host} (node ${node}): ${repr(exc)}`);
  }
  if (retry.num_attempts > maxAttempts) {
    const reason = `Exceeded max scheduling attempts ${maxAttempts} for instance ${instanceUuid}. Last exception: ${repr(exc ?? null)}`;
    throw new NoValidHost({ reason });
  }
  return { ...properties, retry };
}

/**
 * What the host is told: that it has been tried, and what it promised.
 * @throws KeyError if a scheduler answered without one of them
 */
export function populateFilterProperties(
  properties: FilterProperties,
  destination: Destination,
): FilterProperties {
  for (const key of ["host", "nodename", "limits"]) subscript(destination, key);
  const { host, nodename, limits } = destination;
  const { retry, force_hosts = [] } = properties;
  return {
    ...properties,
    ...(retry && { retry: { ...retry, hosts: [...retry.hosts, [host, nodename] as const] } }),
    ...(force_hosts.length === 0 && { limits }),
  };
}
