/** The definitions of events that Ceilometer comes with. Upstream: etc/ceilometer/event_definitions.yaml at 2014.2. */
import type { EventDefinitions, TraitConfig } from "./config.js";

const inPayload = (name: string, type?: string): TraitConfig => ({
  ...(type !== undefined && { type }),
  fields: `payload.${name}`,
});

const ofImage = (name: string): TraitConfig => ({
  fields: `payload.image_meta.'org.openstack__1__${name}'`,
});

const INSTANCE = {
  tenant_id: inPayload("tenant_id"),
  user_id: inPayload("user_id"),
  instance_id: inPayload("instance_id"),
  host: {
    fields: "publisher_id",
    plugin: { name: "split", parameters: { segment: 1, max_split: 1 } },
  },
  service: { fields: "publisher_id", plugin: "split" },
  memory_mb: inPayload("memory_mb", "int"),
  disk_gb: inPayload("disk_gb", "int"),
  root_gb: inPayload("root_gb", "int"),
  ephemeral_gb: inPayload("ephemeral_gb", "int"),
  vcpus: inPayload("vcpus", "int"),
  instance_type_id: inPayload("instance_type_id", "int"),
  instance_type: inPayload("instance_type"),
  state: inPayload("state"),
  os_architecture: ofImage("architecture"),
  os_version: ofImage("os_version"),
  os_distro: ofImage("os_distro"),
  launched_at: inPayload("launched_at", "datetime"),
  deleted_at: inPayload("deleted_at", "datetime"),
};

export const STOCK_DEFINITIONS: EventDefinitions = [
  { event_type: "compute.instance.*", traits: INSTANCE },
  {
    event_type: "compute.instance.exists",
    traits: {
      ...INSTANCE,
      audit_period_beginning: inPayload("audit_period_beginning", "datetime"),
      audit_period_ending: inPayload("audit_period_ending", "datetime"),
    },
  },
];
