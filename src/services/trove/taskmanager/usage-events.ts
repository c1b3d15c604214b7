/**
 * What is told of an instance: Nova is asked for its flavor and its server each time. Upstream:
 * trove/taskmanager/models.py (NotifyMixin.send_usage_event) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import { UNKNOWN_SERVICE_ID } from "../flags.js";
import { isoTime } from "../times.js";
import type { Instance } from "../instance/instances.js";
import { instanceStatus } from "../instance/status.js";
import type { TaskParts } from "./task-parts.js";

export interface UsageEvent {
  readonly event: "create" | "delete" | "modify_flavor" | "modify_volume";
  /** MB, where the flavor's is not meant. */
  readonly instanceSize?: number;
  /** The server, where it may be gone. */
  readonly server?: JsonObject;
  readonly extra?: JsonObject;
}

export function* sendUsageEvent(
  parts: TaskParts,
  ctxt: TroveContext,
  instance: Instance,
  { event, instanceSize, server: known, extra }: UsageEvent,
): Op<void> {
  const { row } = instance;
  const nova = parts.remote.nova(ctxt);
  const flavor = yield* nova.flavor(row.flavor_id);
  const server = known ?? (yield* nova.server(row.compute_instance_id ?? "None"));
  const { manager } = parts.versionOf(row);
  const created = isoTime(row.created_at);
  const state = instanceStatus(parts, instance);
  const payload = {
    availability_zone: server["OS-EXT-AZ:availability_zone"] ?? null,
    created_at: created,
    name: row.name,
    instance_id: row.uuid,
    instance_name: row.name,
    instance_size: instanceSize ?? flavor.ram,
    instance_type: flavor.name,
    instance_type_id: flavor.id,
    launched_at: created,
    nova_instance_id: row.compute_instance_id,
    region: parts.flags.trove_region,
    state_description: state,
    state,
    tenant_id: row.tenant_id,
    user_id: ctxt.user_id,
    ...(parts.optionsOf(row).volumeSupport && {
      volume_size: row.volume_size,
      nova_volume_id: row.volume_id,
    }),
    service_id: serviceId(parts, manager),
    ...extra,
  };
  yield* parts.notifier.info(ctxt, `trove.instance.${event}`, payload);
}

function serviceId({ env, flags }: TaskParts, manager: string): string {
  const id = flags.notification_service_id.get(manager);
  if (id === undefined) env.log("error", `Datastore ID for Manager (${manager}) is not configured`);
  return id ?? UNKNOWN_SERVICE_ID;
}
