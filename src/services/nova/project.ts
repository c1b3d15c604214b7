/**
 * Nova, as a cloud is told of it. nova-network is there for who asks for it: which of the two
 * serves a server's networks is for nova-api and nova-compute to say.
 */
import { z } from "zod";
import type { FlagValues } from "../../framework/flags/index.js";
import { addressed, networkConflicts, networks } from "../../framework/network-options.js";
import { FEW, name, whole } from "../../framework/option-values.js";
import {
  defineProject,
  fallible,
  inMilliseconds,
  inSeconds,
  onController,
  process,
  store,
} from "../../framework/project.js";
import { STATEMENT_LATENCY } from "../../framework/index.js";
import type { Complaint } from "../../text/complaints.js";
import { guestFiles, hypervisor, integrationBridge } from "../hardware.js";
import { novaAllowedModules } from "./allowed-modules.js";
import { novaApiFlags, novaAuthFlags } from "./api/flags.js";
import { enabledApisFlags, metadataFlags } from "./api/metadata/flags.js";
import { novaApi } from "./api/index.js";
import { computeFlags } from "./compute/flags.js";
import { novaCompute } from "./compute/index.js";
import { conductorFlags } from "./conductor/flags.js";
import { novaConductor } from "./conductor/index.js";
import { consoleauthFlags } from "./consoleauth/flags.js";
import { novaCert } from "./cert/index.js";
import { consoleProxyFlags } from "./console/flags.js";
import { novaConsole } from "./console/index.js";
import { novaConsoleauth } from "./consoleauth/index.js";
import { AuthorityFiles } from "./crypto/authority.js";
import { NovaDatabase } from "./db/database.js";
import { DEFAULT_FLAVORS, seedFlavors, seedFloatingPool, seedNovaNetwork } from "./db/seed.js";
import { glanceFlags } from "./image/flags.js";
import { NOVA_EXCEPTIONS } from "./invariants/exceptions.js";
import { novaInventory } from "./inventory.js";
import { neutronFlags } from "./network-api/neutronv2/flags.js";
import { networkFlags } from "./network/flags.js";
import { novaNetwork } from "./network/index.js";
import { notificationFlags } from "./notification-flags.js";
import { quotaFlags } from "./quota/flags.js";
import { schedulerFlags } from "./scheduler/flags.js";
import { novaScheduler } from "./scheduler/index.js";
import { serviceGroupFlags } from "./servicegroup.js";
import { consoleFlags, serialConsoleFlags, virtFlags } from "./virt/flags.js";
import { cinderFlags } from "./volume/flags.js";
import { zoneFlags } from "./zone-flags.js";

const flavor = z.strictObject({
  name: name.meta({ description: "Its name, as in --flavor NAME." }),
  id: name.optional().meta({ description: "Its id. Default: its name." }),
  ram_mb: whole(1, 1e7).meta({ description: "Memory, in MB." }),
  vcpus: whole(1, 65_536).meta({ description: "CPUs." }),
  disk_gb: whole(0, 1e6).meta({ description: "Root disk, in GB." }),
});

/** A flavor beside the default five and `m1.nano`. */
export type FlavorOptions = z.input<typeof flavor>;

/** Names and ids of flavors are used once upstream: FlavorExists, FlavorIdExists. */
function flavorConflicts(flavors: readonly FlavorOptions[]): Complaint[] {
  const names = new Set(DEFAULT_FLAVORS.map(({ name }) => name));
  const ids = new Map(DEFAULT_FLAVORS.map(({ name, flavorid }) => [flavorid, name]));
  return flavors.flatMap(({ name, id = name }, index) => {
    const path = ["flavors", index];
    if (names.has(name)) {
      const message = `the flavor "${name}" exists from the start`;
      return [{ path: [...path, "name"], message, hint: "Choose another name." }];
    }
    const owner = ids.get(id);
    if (owner === undefined) ids.set(id, name);
    if (owner === undefined || owner === name) return [];
    const message = `the flavor "${owner}" has the id "${id}" already`;
    return [{ path: [...path, "id"], message, hint: "Choose another id." }];
  });
}

/** The addresses that nova-network has to give away, pool `nova`: DevStack's range. */
const FLOATING_RANGE = "172.24.4.0/29";

/** What nova-cert has on the controller's disk, where nova-api looks as well. */
const certificateFiles = store(() => new AuthorityFiles());

export const novaDatabase = store((kernel) => new NovaDatabase(kernel));

export const nova = defineProject({
  name: "nova",
  processes: [
    process({
      binary: "nova-conductor",
      on: "controller",
      uses: { db: novaDatabase },
      flags: [serviceGroupFlags, notificationFlags, conductorFlags, quotaFlags, glanceFlags],
      latency: STATEMENT_LATENCY,
      make: (env, { db }, latency) => novaConductor(env, db, latency),
    }),
    process({
      binary: "nova-scheduler",
      on: "controller",
      uses: { db: novaDatabase },
      flags: [serviceGroupFlags, schedulerFlags],
      make: (env, { db }) => novaScheduler(env, db),
    }),
    process({
      binary: "nova-api",
      on: "controller",
      uses: { db: novaDatabase, authority: certificateFiles },
      flags: [
        novaAuthFlags,
        serviceGroupFlags,
        notificationFlags,
        novaApiFlags,
        enabledApisFlags,
        metadataFlags,
        quotaFlags,
        glanceFlags,
        neutronFlags,
        cinderFlags,
        zoneFlags,
      ],
      latency: STATEMENT_LATENCY,
      make: (env, { db, authority }, latency) => novaApi(env, db, { latency, authority }),
    }),
    process({
      binary: "nova-compute",
      on: "computes",
      uses: { hypervisor, bridge: integrationBridge, files: guestFiles },
      flags: [
        computeFlags,
        consoleFlags,
        serialConsoleFlags,
        virtFlags,
        glanceFlags,
        neutronFlags,
        cinderFlags,
        zoneFlags,
      ],
      latency: {
        spawn: inSeconds(2, 4),
        power_off: inSeconds(1, 3),
        power_on: inSeconds(1, 3),
        suspend: inSeconds(1, 3),
        resume: inSeconds(1, 3),
        snapshot: inSeconds(1, 2),
        destroy: inMilliseconds(200, 600),
        attach_volume: inMilliseconds(200, 600),
        detach_volume: inMilliseconds(200, 600),
      },
      rates: { image_mb_per_s: 100 },
      make: (env, host, latency) => novaCompute(env, { ...host, latency }),
    }),
    process({
      binary: "nova-consoleauth",
      on: "controller",
      uses: { db: novaDatabase },
      flags: [serviceGroupFlags, consoleauthFlags],
      make: (env, { db }) => novaConsoleauth(env, db),
    }),
    process({
      binary: "nova-console",
      on: "controller",
      optional: true,
      uses: { db: novaDatabase },
      flags: [serviceGroupFlags, consoleProxyFlags],
      make: (env, { db }) => novaConsole(env, db),
    }),
    process({
      binary: "nova-cert",
      on: "controller",
      optional: true,
      uses: { db: novaDatabase, files: certificateFiles },
      flags: [serviceGroupFlags],
      make: (env, { db, files }) => novaCert(env, db, files),
    }),
    process({
      binary: "nova-network",
      on: "controller",
      optional: true,
      uses: { db: novaDatabase },
      flags: [serviceGroupFlags, networkFlags, quotaFlags],
      make: (env, { db }) => novaNetwork(env, db),
    }),
  ],
  // DevStack writes it where it configures Neutron; here, where there is an agent that passes requests on.
  presets: (starts): Readonly<Record<string, FlagValues>> =>
    starts("neutron-metadata-agent")
      ? { "nova-api": { "neutron.service_metadata_proxy": true } }
      : {},
  stores: { db: novaDatabase },
  hardware: [fallible(hypervisor)],
  states: {
    instances: { thing: "server", columns: ["vm_state", "task_state"] },
  },
  catalog: [{ type: "compute", url: onController(8774, "/v2/$(tenant_id)s") }],
  serviceUser: "nova",
  allowedModules: novaAllowedModules,
  options: {
    flavors: z.array(flavor).max(FEW).optional().meta({
      description: "Flavors beside m1.nano, m1.tiny, m1.small, m1.medium, m1.large, m1.xlarge.",
    }),
    networks,
  },
  conflicts: ({ flavors = [], networks }) => [
    ...flavorConflicts(flavors),
    ...networkConflicts(networks),
  ],
  seed({ db }, { flavors = [], networks }, { starts, flagsOf }) {
    seedFlavors(
      db,
      flavors.map(({ name, id = name, ram_mb, vcpus, disk_gb }) => ({
        name,
        flavorid: id,
        memory_mb: ram_mb,
        vcpus,
        root_gb: disk_gb,
      })),
    );
    if (!starts("nova-network")) return;
    const { network_manager } = flagsOf("nova-network").read(networkFlags);
    const tagged = network_manager.endsWith(".VlanManager");
    addressed(networks).forEach(({ name, cidr }, at) => {
      seedNovaNetwork(db, { label: name, cidr, vlan: tagged ? 100 + at : null });
    });
    seedFloatingPool(db, FLOATING_RANGE);
  },
  resolve: ({ db }) => ({
    server: (name) => db.instances.find({ display_name: name }).at(-1)?.uuid,
    flavor: (name) => db.instance_types.first({ name })?.flavorid,
    servergroup: (name) => db.instance_groups.find({ name }).at(-1)?.uuid,
  }),
  exceptions: NOVA_EXCEPTIONS,
  inventory({ db }, premises) {
    const { reserved_host_memory_mb, reserved_host_disk_mb } = premises
      .flagsOf("nova-compute")
      .read(computeFlags);
    const reserved = {
      memory_mb: reserved_host_memory_mb,
      local_gb: Math.floor(reserved_host_disk_mb / 1024),
    };
    return novaInventory(db, premises, reserved);
  },
});
