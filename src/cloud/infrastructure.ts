/**
 * What outlives every process of a cloud: its databases, the data of its images, and its compute
 * hosts with their hypervisors and switches. Also what they hold before anything has started.
 */
import type { NameResolver } from "../clients/index.js";
import type { Kernel } from "../kernel/index.js";
import { GlanceDatabase } from "../services/glance/database.js";
import { ImageFiles } from "../services/glance/file-store.js";
import { seedImage } from "../services/glance/seed.js";
import { KeystoneDatabase } from "../services/keystone/database.js";
import {
  DEFAULT_PASSWORD,
  seedIdentity,
  seedService,
  seedUser,
} from "../services/keystone/seed.js";
import { NeutronDatabase } from "../services/neutron/database.js";
import { IntegrationBridge } from "../hardware/integration-bridge.js";
import { seedNetwork } from "../services/neutron/seed.js";
import { NovaDatabase } from "../services/nova/db/database.js";
import { seedFlavors } from "../services/nova/db/seed.js";
import { Hypervisor } from "../hardware/hypervisor.js";
import { CATALOG, CONTROLLER, SERVICE_USERS } from "./catalog.js";
import type { CloudOptions, ComputeOptions } from "./options.js";
import type { Account } from "./user.js";

const MEGABYTE = 1024 * 1024;

const DEFAULT_USERS = [
  { name: "admin", project: "admin", admin: true },
  { name: "demo", project: "demo" },
];

export class Infrastructure {
  readonly keystone: KeystoneDatabase;
  readonly glance: GlanceDatabase;
  readonly imageFiles: ImageFiles;
  readonly neutron: NeutronDatabase;
  readonly nova: NovaDatabase;
  /** By host name, in the order in which they were given. */
  readonly hypervisors: ReadonlyMap<string, Hypervisor>;
  readonly bridges: ReadonlyMap<string, IntegrationBridge>;
  readonly users: readonly Account[];

  constructor(kernel: Kernel, options: CloudOptions) {
    this.keystone = new KeystoneDatabase(kernel);
    this.glance = new GlanceDatabase(kernel);
    this.imageFiles = new ImageFiles();
    this.neutron = new NeutronDatabase(kernel);
    this.nova = new NovaDatabase(kernel);
    const hosts = computes(options.computes ?? 1);
    this.hypervisors = new Map(hosts.map((host) => [host.name, new Hypervisor(host.name, host)]));
    this.bridges = new Map(hosts.map(({ name }) => [name, new IntegrationBridge(name)]));
    this.users = (options.users ?? DEFAULT_USERS).map(({ name, project = name, admin = false }) => {
      const roles = admin ? ["admin", "_member_"] : ["_member_"];
      seedUser(this.keystone, { name, project, roles });
      return { name, project, password: DEFAULT_PASSWORD };
    });
    this.#seed(options);
  }

  /** The ids of things by their names, for people who cannot know ids. */
  readonly resolve: NameResolver = (kind, name) => {
    switch (kind) {
      case "network":
        return this.neutron.networks.find().find((network) => network.name === name)?.uuid;
      case "image":
        return this.glance.images.find().find((image) => image.name === name)?.uuid;
      case "server":
        return this.nova.instances.find({ display_name: name }).at(-1)?.uuid;
      case "flavor":
        return this.nova.instance_types.first({ name })?.flavorid;
      case "port":
        return this.neutron.ports.find().find((port) => port.name === name)?.uuid;
      case "tenant":
      case "project":
        return this.keystone.projects.first({ name })?.uuid;
      case "user":
        return this.keystone.users.first({ name })?.uuid;
      default:
        return undefined;
    }
  };

  #seed(options: CloudOptions): void {
    seedIdentity(this.keystone);
    for (const name of SERVICE_USERS) {
      seedUser(this.keystone, { name, project: "service", roles: ["admin"] });
    }
    for (const service of CATALOG) seedService(this.keystone, service);
    const owner = this.resolve("project", "admin") ?? this.resolve("project", "service") ?? "";
    for (const { name, size_mb = 13, ...image } of options.images ?? [{ name: "cirros" }]) {
      seedImage(this.glance, this.imageFiles, {
        name,
        size: size_mb * MEGABYTE,
        min_disk: image.min_disk_gb ?? 0,
        min_ram: image.min_ram_mb ?? 0,
        owner,
      });
    }
    for (const { name, cidr = "192.168.1.0/24" } of options.networks ?? [{ name: "private" }]) {
      seedNetwork(this.neutron, { name, cidr, tenantId: owner });
    }
    seedFlavors(
      this.nova,
      (options.flavors ?? []).map(({ name, id = name, ram_mb, vcpus, disk_gb }) => ({
        name,
        flavorid: id,
        memory_mb: ram_mb,
        vcpus,
        root_gb: disk_gb,
      })),
    );
  }
}

/** `compute-1`, `compute-2` ... or the hosts as given. @throws RangeError for names given twice */
function computes(given: number | readonly ComputeOptions[]): readonly ComputeOptions[] {
  if (typeof given === "number") {
    return Array.from({ length: given }, (_, i) => ({ name: `compute-${i + 1}` }));
  }
  const names = given.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i || name === CONTROLLER);
  if (twice !== undefined) throw new RangeError(`two hosts cannot both be named "${twice}"`);
  return given;
}
