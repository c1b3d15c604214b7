/** Keystone, a proxy and storage nodes with their disks: three nodes of two disks unless told otherwise. */
import type { Env, FlagValues, Process } from "../../../src/framework/index.js";
import { FaultBoard, type FaultSpec } from "../../../src/faults/index.js";
import type { HttpResponse } from "../../../src/http/index.js";
import { Disks } from "../../../src/hardware/disk.js";
import type { LogLine } from "../../../src/kernel/index.js";
import { accountServer } from "../../../src/services/swift/account/server.js";
import { containerServer } from "../../../src/services/swift/container/server.js";
import { Mounts, Storage, type Drive } from "../../../src/services/swift/disks/storage.js";
import { containerUpdater } from "../../../src/services/swift/container/updater.js";
import { databaseReplicator } from "../../../src/services/swift/db/replicator.js";
import { objectExpirer } from "../../../src/services/swift/proxy/expirer/expirer.js";
import { objectReplicator } from "../../../src/services/swift/object/replicator.js";
import { objectUpdater } from "../../../src/services/swift/object/updater.js";
import { rsyncDaemon } from "../../../src/services/swift/rsync/daemon.js";
import { objectServer } from "../../../src/services/swift/object/server.js";
import { hashPath } from "../../../src/services/swift/common/hash-path.js";
import { Memcached } from "../../../src/services/swift/proxy/info.js";
import { swiftProxy } from "../../../src/services/swift/proxy/server.js";
import type { Device } from "../../../src/services/swift/ring/ring.js";
import { RingFiles, type RingName } from "../../../src/services/swift/ring/rings.js";
import { seedUser } from "../../../src/services/keystone/seed.js";
import { IdentityBed } from "../keystone/bed.js";

export const PROXY = "http://controller:8080";
export const CONF = { swift_hash_path_prefix: "", swift_hash_path_suffix: "changeme" };

/** A host with disks. */
export interface StorageNode {
  readonly name: string;
  readonly disks: Disks;
  readonly storage: Storage;
  readonly mounts: Mounts;
}

interface Running {
  readonly env: Env;
  process: Process;
  readonly make: (env: Env) => Process;
}

export interface SwiftBedOptions {
  readonly nodes?: number;
  readonly disks?: readonly string[];
  readonly replicas?: number;
  /** Whether updaters, replicators and the expirer run. */
  readonly daemons?: boolean;
  readonly flags?: FlagValues;
  readonly seed?: number;
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const SERVERS = {
  account: ["swift-account-server", accountServer],
  container: ["swift-container-server", containerServer],
  object: ["swift-object-server", objectServer],
} as const;

const DAEMONS = [
  ["swift-object-updater", objectUpdater],
  ["swift-object-replicator", objectReplicator],
  ["swift-container-updater", containerUpdater],
  [
    "swift-account-replicator",
    (env: Env, mounts: Mounts, rings: RingFiles) =>
      databaseReplicator(env, "account", mounts, rings),
  ],
  [
    "swift-container-replicator",
    (env: Env, mounts: Mounts, rings: RingFiles) =>
      databaseReplicator(env, "container", mounts, rings),
  ],
] as const;

export class SwiftBed extends IdentityBed {
  readonly rings = new RingFiles(this.kernel);
  readonly memcached = new Memcached(this.kernel);
  readonly nodes: readonly StorageNode[];
  readonly admin: string;
  readonly demo: string;
  readonly #running = new Map<string, Running>();
  #board: FaultBoard | undefined;

  constructor(options: SwiftBedOptions = {}) {
    const { nodes = 3, disks = ["sdb1", "sdc1"], replicas = 3, flags, seed } = options;
    const { daemons = false } = options;
    super({ ...(flags && { flags }), ...(seed !== undefined && { seed }) });
    seedUser(this.database, { name: "swift", project: "service", roles: ["admin"] });
    seedUser(this.database, { name: "reseller", roles: ["ResellerAdmin"] });
    this.nodes = Array.from({ length: nodes }, (_, at) => node(`storage-${String(at + 1)}`, disks));
    this.rings.write({
      hosts: this.nodes.map(({ name }, at) => ({ name, zone: at + 1, disks })),
      replicas,
      power: 6,
    });
    for (const { name, mounts } of this.nodes) {
      for (const [binary, make] of Object.values(SERVERS)) {
        this.#begin(binary, name, (env) => make(env, mounts));
      }
      this.#begin("swift-rsync", name, (env) => rsyncDaemon(env, mounts));
      for (const [binary, make] of daemons ? DAEMONS : []) {
        this.#begin(binary, name, (env) => make(env, mounts, this.rings));
      }
    }
    this.#begin("swift-proxy-server", "controller", (env) =>
      swiftProxy(env, this.rings, this.memcached),
    );
    if (daemons) {
      this.#begin("swift-object-expirer", "controller", (env) =>
        objectExpirer(env, this.rings, this.memcached),
      );
    }
    this.admin = this.login("admin");
    this.demo = this.login("demo");
  }

  /** `AUTH_<tenant>`. */
  account(tenant = "admin"): string {
    return `AUTH_${this.project(tenant)}`;
  }

  /** A request to the admin's account, as the admin. @param path `/c/o` */
  swift(method: string, path: string, { headers = {}, body }: Asked = {}): HttpResponse {
    return this.as(this.admin, method, `/v1/${this.account()}${path}`, { headers, body });
  }

  /** A request to the proxy with a token, or without. */
  as(token: string | undefined, method: string, path: string, asked: Asked = {}): HttpResponse {
    const { headers = {}, body } = asked;
    const all = { ...headers, ...(token !== undefined && { "x-auth-token": token }) };
    return this.ask(method, PROXY + path, body, all);
  }

  /** Kill a process, or all of a node. */
  kill(host: string, binary?: string): void {
    for (const [name, { env, process }] of this.#running) {
      if (env.host === host && (binary === undefined || name === `${binary}@${host}`)) {
        this.crash(process, env);
      }
    }
  }

  /** Start again what was killed. */
  revive(host: string, binary?: string): void {
    for (const [name, one] of this.#running) {
      if (one.env.host !== host || (binary !== undefined && name !== `${binary}@${host}`)) continue;
      one.process = this.start(one.make(one.env));
    }
  }

  /** What goes wrong from now on. @returns ends it */
  fault(spec: FaultSpec): () => void {
    const hardware = () => this.nodes.map(({ disks }) => disks);
    this.#board ??= new FaultBoard({ bus: this.bus, network: this.network, hardware });
    const fault = this.#board.declare(spec);
    return () => {
      fault.lift();
    };
  }

  /** What processes have logged. */
  get logged(): string[] {
    return this.of<LogLine>("log").map(({ message }) => message);
  }

  /** Who has the data of an object. */
  holders(container: string, obj: string): Device[] {
    return this.devices.filter((node) =>
      this.files(node, this.account(), container, obj).some((name) => name.endsWith(".data")),
    );
  }

  #begin(binary: string, host: string, make: (env: Env) => Process): void {
    const env = this.env(binary, { host });
    this.#running.set(`${binary}@${host}`, { env, make, process: this.start(make(env)) });
  }

  /** The devices that should have something, and those that stand in for them. */
  placed(ring: RingName, ...names: string[]): { primaries: Device[]; handoffs: Device[] } {
    const opened = this.rings.open(ring);
    const partition = opened.partitionOf(hashPath(CONF, ...names));
    return { primaries: opened.primaries(partition), handoffs: [...opened.handoffs(partition)] };
  }

  hashOf(...names: string[]): string {
    return hashPath(CONF, ...names);
  }

  drive({ ip, device }: Pick<Device, "ip" | "device">): Drive {
    const found = this.nodes.find(({ name }) => name === ip);
    const disk = found?.disks.get(device);
    if (found === undefined || disk === undefined) throw new Error(`no disk ${ip}/${device}`);
    return found.storage.of(disk);
  }

  /** Every device of the cluster. */
  get devices(): readonly Device[] {
    return this.rings.open("object").devices;
  }

  /** The names of an object's files on a device. */
  files(device: Device, ...names: string[]): string[] {
    const ring = this.rings.open("object");
    const hash = this.hashOf(...names);
    const directory = this.drive(device).objects.directory(ring.partitionOf(hash), hash);
    return [...(directory?.keys() ?? [])];
  }
}

function node(name: string, names: readonly string[]): StorageNode {
  const disks = new Disks(name, names);
  const storage = new Storage();
  return { name, disks, storage, mounts: new Mounts(disks, storage) };
}
