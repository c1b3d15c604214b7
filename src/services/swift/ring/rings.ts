/**
 * The ring files of a cloud, the same on every host: `account.ring.gz`, `container.ring.gz`,
 * `object.ring.gz`. One is balanced when somebody first opens it. Upstream: swift-ring-builder, and
 * /etc/swift on each host.
 */
import type { Kernel } from "../../../kernel/index.js";
import { assign } from "./builder.js";
import { Ring, type Device } from "./ring.js";

/** Where the servers of each sort listen (etc/*-server.conf-sample). */
export const PORTS = { object: 6000, container: 6001, account: 6002 } as const;

export type RingName = keyof typeof PORTS;

/** A host with disks, and where it stands. */
export interface RingHost {
  readonly name: string;
  readonly zone: number;
  readonly disks: readonly string[];
}

export interface RingOptions {
  readonly hosts: readonly RingHost[];
  readonly replicas: number;
  readonly power: number;
}

export class RingFiles {
  readonly #kernel: Kernel;
  readonly #rings = new Map<RingName, Ring>();
  #options: RingOptions = { hosts: [], replicas: 3, power: 8 };

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** What an operator has told swift-ring-builder. */
  write(options: RingOptions): void {
    this.#options = options;
    this.#rings.clear();
  }

  open(name: RingName): Ring {
    let ring = this.#rings.get(name);
    if (ring === undefined) this.#rings.set(name, (ring = this.#build(name)));
    return ring;
  }

  /** Whose disks are in a ring: to know that, nobody has to have balanced it. */
  devices(name: RingName): Device[] {
    return this.#options.hosts
      .flatMap((host) => host.disks.map((device) => ({ ip: host.name, zone: host.zone, device })))
      .map((device, id) => ({ id, region: 1, port: PORTS[name], weight: 100, ...device }));
  }

  #build(name: RingName): Ring {
    const { replicas, power } = this.#options;
    const devices = this.devices(name);
    const draws = this.#kernel.stream("swift-ring-builder", `${name}.ring.gz`);
    return new Ring(devices, assign({ devices, replicas, power }, draws), power);
  }
}
