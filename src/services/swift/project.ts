/**
 * Swift, as a cloud is told of it: a proxy on the controller, and storage nodes with disks of their own,
 * each with servers for accounts, containers and objects.
 */
import { SWIFT_EXCEPTIONS } from "./invariants/exceptions.js";
import { z } from "zod";
import { name, whole } from "../../framework/option-values.js";
import {
  defineProject,
  everywhere,
  fallible,
  onController,
  onNodes,
  process,
  store,
  type Host,
} from "../../framework/project.js";
import { disks } from "../hardware.js";
import { accountServer } from "./account/server.js";
import { containerServer } from "./container/server.js";
import { containerUpdater } from "./container/updater.js";
import { databaseReplicator } from "./db/replicator.js";
import { Mounts, Storage } from "./disks/storage.js";
import { objectExpirer } from "./proxy/expirer/expirer.js";
import {
  accountServerFlags,
  containerServerFlags,
  containerUpdaterFlags,
  databaseReplicatorFlags,
  objectExpirerFlags,
  objectReplicatorFlags,
  objectServerFlags,
  objectUpdaterFlags,
  proxyFlags,
  swiftAuthFlags,
} from "./flags.js";
import { swiftInventory } from "./inventory.js";
import { objectReplicator } from "./object/replicator.js";
import { objectServer } from "./object/server.js";
import { objectUpdater } from "./object/updater.js";
import { Memcached } from "./proxy/info.js";
import { swiftProxy } from "./proxy/server.js";
import { RingFiles } from "./ring/rings.js";
import { rsyncDaemon } from "./rsync/daemon.js";

const options = z.strictObject({
  nodes: whole(1, 100)
    .optional()
    .meta({ description: "Storage nodes: storage-1, storage-2 ... Default 3." }),
  disks: z
    .union([whole(1, 26), z.array(name).min(1).max(26)], {
      error: "how many disks a node has (1 to 26), or their names: [sdb1, sdc1]",
    })
    .optional()
    .meta({ description: "Data disks of each node: sdb1, sdc1 ... Default 2." }),
  zones: whole(1, 100)
    .optional()
    .meta({ description: "Zones that nodes are in, in turn. Default: one for each node." }),
  replicas: whole(1, 10).optional().meta({ description: "Copies of everything. Default 3." }),
  part_power: whole(1, 16)
    .optional()
    .meta({ description: "Partitions are 2 to this power. Default 8." }),
});

/** What a cloud says of its object store. */
export type SwiftOptions = z.input<typeof options>;

const rings = everywhere((kernel) => new RingFiles(kernel));
const memcached = store((kernel) => new Memcached(kernel));
export const storage = onNodes(() => new Storage());

/** `sdb1`, `sdc1`: the first is the system's. */
const diskNames = ({ disks: given = 2 }: SwiftOptions): string[] =>
  typeof given === "number"
    ? Array.from({ length: given }, (_, at) => `sd${String.fromCharCode(98 + (at % 25))}1`)
    : [...given];

const hostsOf = (options: SwiftOptions): Host[] =>
  Array.from({ length: options.nodes ?? 3 }, (_, at) => ({
    name: `storage-${String(at + 1)}`,
    disks: diskNames(options),
  }));

export const swift = defineProject({
  name: "swift",
  processes: [
    process({
      binary: "swift-proxy-server",
      on: "controller",
      uses: { rings, memcached },
      flags: [swiftAuthFlags, proxyFlags],
      configFiles: ["proxy-server.conf"],
      make: (env, parts) => swiftProxy(env, parts.rings, parts.memcached),
    }),
    process({
      binary: "swift-account-server",
      on: "nodes",
      uses: { disks, storage },
      flags: [accountServerFlags],
      configFiles: ["account-server.conf"],
      make: (env, parts) => accountServer(env, new Mounts(parts.disks, parts.storage)),
    }),
    process({
      binary: "swift-container-server",
      on: "nodes",
      uses: { disks, storage },
      flags: [containerServerFlags],
      configFiles: ["container-server.conf"],
      make: (env, parts) => containerServer(env, new Mounts(parts.disks, parts.storage)),
    }),
    process({
      binary: "swift-object-server",
      on: "nodes",
      uses: { disks, storage },
      flags: [objectServerFlags],
      configFiles: ["object-server.conf"],
      make: (env, parts) => objectServer(env, new Mounts(parts.disks, parts.storage)),
    }),
    process({
      binary: "swift-object-replicator",
      on: "nodes",
      uses: { disks, storage, rings },
      flags: [objectReplicatorFlags],
      configFiles: ["object-server.conf"],
      make: (env, parts) =>
        objectReplicator(env, new Mounts(parts.disks, parts.storage), parts.rings),
    }),
    process({
      binary: "swift-object-updater",
      on: "nodes",
      uses: { disks, storage, rings },
      flags: [objectUpdaterFlags],
      configFiles: ["object-server.conf"],
      make: (env, parts) => objectUpdater(env, new Mounts(parts.disks, parts.storage), parts.rings),
    }),
    process({
      binary: "swift-container-updater",
      on: "nodes",
      uses: { disks, storage, rings },
      flags: [containerUpdaterFlags],
      configFiles: ["container-server.conf"],
      make: (env, parts) =>
        containerUpdater(env, new Mounts(parts.disks, parts.storage), parts.rings),
    }),
    process({
      binary: "swift-account-replicator",
      on: "nodes",
      uses: { disks, storage, rings },
      flags: [databaseReplicatorFlags.account],
      configFiles: ["account-server.conf"],
      make: (env, parts) =>
        databaseReplicator(env, "account", new Mounts(parts.disks, parts.storage), parts.rings),
    }),
    process({
      binary: "swift-container-replicator",
      on: "nodes",
      uses: { disks, storage, rings },
      flags: [databaseReplicatorFlags.container],
      configFiles: ["container-server.conf"],
      make: (env, parts) =>
        databaseReplicator(env, "container", new Mounts(parts.disks, parts.storage), parts.rings),
    }),
    process({
      binary: "swift-object-expirer",
      on: "controller",
      uses: { rings, memcached },
      flags: [proxyFlags, objectExpirerFlags],
      configFiles: ["object-expirer.conf"],
      make: (env, parts) => objectExpirer(env, parts.rings, parts.memcached),
    }),
    process({
      binary: "swift-rsync",
      on: "nodes",
      uses: { disks, storage },
      flags: [],
      make: (env, parts) => rsyncDaemon(env, new Mounts(parts.disks, parts.storage)),
    }),
  ],
  stores: { memcached, rings },
  hardware: [fallible(disks)],
  catalog: [{ type: "object-store", url: onController(8080, "/v1/AUTH_$(tenant_id)s") }],
  serviceUser: "swift",
  options: {
    swift: options.optional().meta({ description: "The storage nodes of Swift and their ring." }),
  },
  presets: () => ({
    // Who may use an account: as the installation guide has it, users of the project as well.
    "swift-proxy-server": { operator_roles: ["admin", "_member_"] },
  }),
  hosts: ({ swift: given = {} }) => hostsOf(given),
  conflicts({ swift: given = {} }) {
    const { replicas = 3 } = given;
    const devices = hostsOf(given).flatMap(({ disks: names = [] }) => names).length;
    if (replicas <= devices) return [];
    const message = `${String(replicas)} replicas do not fit on ${String(devices)} disks`;
    return [{ path: ["swift", "replicas"], message, hint: "Add disks or nodes." }];
  },
  seed(stores, { swift: given = {} }) {
    const { replicas = 3, part_power = 8, zones } = given;
    const hosts = hostsOf(given);
    stores.rings.write({
      hosts: hosts.map(({ name: host, disks: names = [] }, at) => {
        return { name: host, zone: (at % (zones ?? hosts.length)) + 1, disks: names };
      }),
      replicas,
      power: part_power,
    });
  },
  resolve: () => ({}),
  exceptions: SWIFT_EXCEPTIONS,
  inventory: (_stores, premises) => {
    const drives = premises.onNodes(storage);
    return swiftInventory(
      new Map(
        [...premises.onNodes(disks)].flatMap(([host, those]) =>
          those.all.flatMap((disk) => {
            const drive = drives.get(host)?.of(disk);
            return drive === undefined ? [] : [[`${host}/${disk.name}`, drive] as const];
          }),
        ),
      ),
      premises.mishaps,
    );
  },
});
