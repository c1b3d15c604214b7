/**
 * What lies on the data disks of one storage node: databases of accounts and containers, objects,
 * updates that could not be sent. It stays there when processes or the whole host go. Upstream:
 * /srv/node/<device>/{accounts,containers,objects,async_pending,tmp}.
 */
import type { Disk, Disks } from "../../../hardware/disk.js";
import type { JsonObject } from "../../../python/index.js";
import type { AccountBroker } from "../db/account-broker.js";
import type { ContainerBroker } from "../db/container-broker.js";
import { ObjectFiles } from "./object-files.js";

/** A database, and where on its disk it is. */
export interface Placed<B> {
  readonly partition: number;
  readonly broker: B;
}

/** An update of a listing that waits for the object-updater. */
export interface AsyncPending {
  readonly op: "PUT" | "DELETE";
  readonly account: string;
  readonly container: string;
  readonly obj: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The ids of the devices that have it. */
  readonly successes: readonly number[];
}

/** What is on one disk. Databases by the hash of their names. */
export class Drive {
  readonly disk: Disk;
  readonly accounts = new Map<string, Placed<AccountBroker>>();
  readonly containers = new Map<string, Placed<ContainerBroker>>();
  readonly objects = new ObjectFiles();
  /** By `<hash>-<timestamp>`. */
  readonly asyncPendings = new Map<string, AsyncPending>();
  /** `tmp`: databases that rsync has brought, by the ids of their senders. */
  readonly tmp = new Map<string, AccountBroker | ContainerBroker>();
  /** What was put aside as damaged, by its path. */
  readonly quarantined = new Map<string, JsonObject>();

  constructor(disk: Disk) {
    this.disk = disk;
  }
}

export class Storage {
  readonly #drives = new Map<string, Drive>();

  /** The drive of a disk: empty when somebody first looks. */
  of(disk: Disk): Drive {
    let drive = this.#drives.get(disk.name);
    if (drive === undefined) this.#drives.set(disk.name, (drive = new Drive(disk)));
    return drive;
  }
}

/** The mount points of a host, for its processes. */
export class Mounts {
  readonly #disks: Disks;
  readonly #storage: Storage;

  constructor(disks: Disks, storage: Storage) {
    this.#disks = disks;
    this.#storage = storage;
  }

  get host(): string {
    return this.#disks.host;
  }

  get names(): readonly string[] {
    return this.#disks.names;
  }

  /** `check_mount`: what is at the mount point; undefined if nothing is. */
  mounted(device: string): Drive | undefined {
    const disk = this.#disks.get(device);
    return disk?.mounted() === true ? this.#storage.of(disk) : undefined;
  }
}
