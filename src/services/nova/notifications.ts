/**
 * What Nova tells the world about its instances. Upstream: nova/notifications.py
 * (info_from_instance), nova/compute/utils.py (notify_about_instance_usage) at 2014.2; nova §0.4.
 */
import { Notifier } from "../../bus/index.js";
import { serviceFlags, type RequestContext, type Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { Exception, JsonObject } from "../../python/index.js";
import { exceptionToDict } from "./faults.js";
import type { Instance, InstanceFields, SystemMetadata } from "./objects/instance.js";
import { payloadOf } from "./objects/wire/primitive.js";

/** A notifier of this process, publishing as `<service>.<host>`. */
export function novaNotifier(env: Env, service: string, host?: string): Notifier {
  const flags = env.flags.read(serviceFlags);
  return new Notifier(env.bus, {
    publisherId: `${service}.${host ?? env.host}`,
    drivers: flags.notification_driver,
    topics: flags.notification_topics,
  });
}

export interface UsageDetails {
  /** Adds `fixed_ips`. */
  readonly networkInfo?: readonly JsonObject[] | undefined;
  /** Default: the instance's own. */
  readonly systemMetadata?: SystemMetadata | undefined;
  /** Keys beside the usual ones. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  /** Adds `exception`, `message` and `code`. */
  readonly fault?: Exception | undefined;
}

/** Emit `compute.instance.<suffix>`, as an error if the suffix says so. */
export function* notifyAboutInstanceUsage(
  notifier: Notifier,
  ctxt: RequestContext,
  instance: Notified,
  suffix: string,
  details: UsageDetails = {},
): Op<void> {
  const payload = {
    ...instanceInfo(instance, details.systemMetadata),
    ...(details.networkInfo && { fixed_ips: fixedIps(details.networkInfo) }),
    ...details.extra,
    ...(details.fault && {
      exception: payloadOf(details.fault),
      ...exceptionToDict(details.fault),
    }),
  };
  const priority = suffix.endsWith("error") ? "error" : "info";
  yield* notifier.notify(ctxt, priority, `compute.instance.${suffix}`, payload);
}

/**
 * An instance that is told of. What its dates are decides how they are written: in an object they
 * know their zone, in a row they do not, and in a dictionary off the bus they are texts already.
 */
export type Notified =
  | { readonly kind: "object"; readonly values: InstanceFields }
  | { readonly kind: "row" | "text"; readonly values: InstanceValues };

/** What `info_from_instance` reads of an instance. */
export type InstanceValues = Omit<
  InstanceFields,
  "info_cache" | "security_groups" | "numa_topology" | "fault"
>;

export const asObject = (instance: Instance): Notified => ({
  kind: "object",
  values: instance.fields(),
});

/** `info_from_instance`: the payload that all instance events share. */
export function instanceInfo(
  { kind, values: instance }: Notified,
  systemMetadata: SystemMetadata = instance.system_metadata,
): Record<string, unknown> {
  return {
    tenant_id: instance.project_id,
    user_id: instance.user_id,
    instance_id: instance.uuid,
    display_name: instance.display_name,
    reservation_id: instance.reservation_id,
    hostname: instance.hostname,
    instance_type: instance.system_metadata["instance_type_name"] ?? "",
    instance_type_id: instance.instance_type_id,
    instance_flavor_id: instance.system_metadata["instance_type_flavorid"] ?? "",
    architecture: instance.architecture,
    memory_mb: instance.memory_mb,
    disk_gb: instance.root_gb + instance.ephemeral_gb,
    vcpus: instance.vcpus,
    root_gb: instance.root_gb,
    ephemeral_gb: instance.ephemeral_gb,
    host: instance.host,
    node: instance.node,
    availability_zone: instance.availability_zone,
    cell_name: instance.cell_name ?? "",
    created_at: createdAt(kind, instance.created_at),
    // `null_safe_isotime`: a date as strtime writes it, a text as it is, which is the same.
    terminated_at: instance.terminated_at ?? "",
    deleted_at: instance.deleted_at ?? "",
    launched_at: instance.launched_at ?? "",
    image_ref_url: imageUrl(instance.image_ref),
    os_type: instance.os_type,
    kernel_id: instance.kernel_id,
    ramdisk_id: instance.ramdisk_id,
    state: instance.vm_state,
    state_description: instance.task_state ?? "",
    // `null_safe_int`: 0 is as false as None.
    progress: instance.progress === 0 ? "" : instance.progress,
    access_ip_v4: instance.access_ip_v4,
    access_ip_v6: instance.access_ip_v6,
    image_meta: imageMeta(systemMetadata),
    metadata: instance.metadata,
  };
}

/** `str(instance_ref['created_at'])`. */
function createdAt(kind: Notified["kind"], stamp: string | null): string {
  if (stamp === null) return "None";
  if (kind === "text") return stamp;
  return `${pythonDate(stamp)}${kind === "object" ? "+00:00" : ""}`;
}

/** `str(datetime)`: a fraction of zero is left out. */
export const pythonDate = (stamp: string): string => stamp.replace("T", " ").replace(/\.0+$/, "");

const GLANCE = "controller:9292";

/** `generate_image_url`: that of Glance's own, whichever its servers are. */
export const imageUrl = (id: string): string => `http://${GLANCE}/images/${id}`;

/** The `image_*` keys of system_metadata, without their prefix. */
export function imageMeta(systemMetadata: SystemMetadata): Record<string, string | null> {
  const meta = Object.entries(systemMetadata)
    .filter(([key]) => key.startsWith("image_"))
    .map(([key, value]) => [key.slice("image_".length), value] as const);
  return Object.fromEntries(meta);
}

interface Vif extends JsonObject {
  readonly address: string;
  readonly network: {
    readonly label: string;
    readonly subnets: readonly { readonly ips: readonly JsonObject[] }[];
  };
}

/** Every fixed address, with its network's label and the VIF's MAC. */
function fixedIps(networkInfo: readonly JsonObject[]): JsonObject[] {
  return (networkInfo as readonly Vif[]).flatMap(({ address, network }) =>
    network.subnets.flatMap(({ ips }) =>
      ips.map((ip) => ({ ...ip, label: network.label, vif_mac: address })),
    ),
  );
}
