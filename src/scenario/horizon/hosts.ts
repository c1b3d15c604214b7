/** What an administrator does with hosts: aggregates of them, servers that are moved off them. */
import { called, flag, formAct, naming, rowAct, several, type Written } from "./form-act.js";

const AGGREGATES = { path: "/admin/aggregates/", table: "host_aggregates" } as const;
const INSTANCES = { path: "/admin/instances/", table: "instances" } as const;

const HOSTS = "add_host_to_aggregate_role_member";

/** None of them is a choice as well. */
const members = ({ hosts }: Written): Readonly<Record<string, readonly string[]>> =>
  typeof hosts === "object" ? { [HOSTS]: hosts } : {};

export const createAggregate = formAct("create host aggregate", {
  ...AGGREGATES,
  about: "Create Host Aggregate.",
  action: "Create Host Aggregate",
  fill: members,
  labels: {
    name: called("Name.", "name"),
    "availability zone": called("Availability Zone.", "availability_zone"),
    hosts: { schema: several("Selected hosts.", "").schema },
  },
});

export const editAggregate = formAct("edit host aggregate", {
  ...AGGREGATES,
  row: "aggregate",
  about: "Edit Host Aggregate.",
  action: "Edit Host Aggregate",
  labels: {
    aggregate: called("The aggregate, by name."),
    name: called("Name.", "name"),
    "availability zone": called("Availability Zone.", "availability_zone"),
  },
});

export const manageHosts = formAct("manage hosts", {
  ...AGGREGATES,
  row: "aggregate",
  about: "Manage Hosts: of an aggregate.",
  action: "Manage Hosts",
  fill: members,
  labels: {
    aggregate: called("The aggregate, by name."),
    hosts: { schema: several("Selected hosts.", "").schema },
  },
});

export const deleteAggregate = rowAct("delete host aggregate", {
  ...AGGREGATES,
  action: "Delete Host Aggregate",
  about: "Delete Host Aggregate: of one or several.",
});

export const migrateInstance = rowAct("migrate instance", {
  ...INSTANCES,
  action: "Migrate Instance",
  about: "Migrate Instance, by an administrator.",
});

export const liveMigrate = formAct("live migrate instance", {
  ...INSTANCES,
  row: "instance",
  about: "Live Migrate Instance, by an administrator.",
  action: "Live Migrate Instance",
  labels: {
    instance: naming(called("The instance, by name."), "server"),
    host: called("New Host.", "host"),
    "disk over commit": flag("Disk Over Commit.", "disk_over_commit"),
    "block migration": flag("Block Migration.", "block_migration"),
  },
});

export const evacuateHost = formAct("evacuate host", {
  path: "/admin/hypervisors/",
  table: "compute_host",
  row: "host",
  about: "Evacuate Host, of a host that is down.",
  action: "Evacuate Host",
  labels: {
    host: called("The host that is down."),
    target: called("Target Host.", "target_host"),
    "shared storage": flag("Shared Storage.", "on_shared_storage"),
  },
});
